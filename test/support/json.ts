/** The body of an answer, of the shape that the test goes on to check. */
export async function jsonOf<Shape>(answer: Response | Promise<Response>): Promise<Shape> {
  return (await (await answer).json()) as Shape;
}
