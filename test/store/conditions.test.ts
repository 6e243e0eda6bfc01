import { all, any, type Clause, when } from '../../lib/store/conditions.ts';

const held: Clause = {
  expression: '#state = :held',
  names: { '#state': 'state' },
  values: { ':held': 'held' },
};
const over: Clause = {
  expression: 'lease.#until <= :now',
  names: { '#until': 'until' },
  values: { ':now': 7 },
};

describe('a condition that is composed of clauses', () => {
  it('carries the names and values of all its clauses', () => {
    expect(any('attribute_not_exists(place)', all(held, over))).toEqual({
      expression: '(attribute_not_exists(place)) OR ((#state = :held) AND (lease.#until <= :now))',
      names: { '#state': 'state', '#until': 'until' },
      values: { ':held': 'held', ':now': 7 },
    });
  });

  it('has no redundant parentheses, which DynamoDB rejects, around a single clause', () => {
    expect(all(any(held)).expression).toBe('#state = :held');
  });

  it('joins the names and values of the update in a write command', () => {
    expect(when(held, { names: { '#at': 'at' }, values: { ':at': 1 } })).toEqual({
      ConditionExpression: '#state = :held',
      ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
      ExpressionAttributeValues: { ':held': 'held', ':at': 1 },
    });
  });

  it('leaves out names and values where there are none, because DynamoDB rejects empty ones', () => {
    expect(when('attribute_exists(pk)')).toEqual({ ConditionExpression: 'attribute_exists(pk)' });
  });

  it('accepts a placeholder twice for one value, and throws where it stands for two', () => {
    expect(all(over, over).values).toEqual({ ':now': 7 });
    expect(() => when(over, { values: { ':now': 8 } })).toThrow(':now stands for two things in one write');
  });
});
