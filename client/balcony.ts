/** The typed client of Balcony, for frontends. */
export {};
