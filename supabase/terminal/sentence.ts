/** An error that says everything in its message. The person at the terminal reads that and no stack. */
export class Sentence extends Error {
  static {
    // Not a field: whoever prints the error would print the field after the sentence.
    this.prototype.name = 'Sentence';
  }

  constructor(message: string) {
    super(message);
    // A test runner prints the stack too, and here it tells nothing.
    this.stack = message;
  }
}
