export interface RenderOptions {
  /** Puts text in a style, where the reader is a terminal that shows it. */
  readonly paint: (text: string, style: 'green' | 'red' | 'yellow' | 'bold') => string;
  /** The text of the synthesized stack, where there is one: it says on which line a resource stands. */
  readonly stackText?: string | undefined;
  /** Whether SARIF also holds what passes, is waived, or is for somebody else to answer. @default false */
  readonly allResults?: boolean | undefined;
}
