/** An error whose message says everything. The person at the terminal reads the message and no stack. */
export class Sentence extends Error {
  static {
    // Not a field, because printing the error would print the field after the sentence.
    this.prototype.name = 'Sentence';
  }

  constructor(message: string) {
    super(message);
    // Test runners print the stack too, and here it adds nothing.
    this.stack = message;
  }
}
