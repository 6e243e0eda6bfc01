/** The room: a page to join a meeting by, and to be in it. */
export {};
