// What the scripts of a deck find on the page: reveal.js with its speaker's window, and what they tell one another.

/** The presentation, as reveal.js gives it to a classic script. */
declare const Reveal: {
  initialize(settings: Record<string, unknown>): Promise<void>;
  isReady(): boolean;
  on(event: string, listener: (event: any) => void): void;
  configure(settings: Record<string, unknown>): void;
  layout(): void;
  [word: string]: any;
};
declare const RevealNotes: () => unknown;

/** Give the picture of a slide the height that the slide has left. */
declare function fitPicture(...given: any[]): any;
/** Show what the projector shows. */
declare function followProjector(...given: any[]): any;

interface Window {
  fitPicture: typeof fitPicture;
  followProjector: typeof followProjector;
  inSpeakersWindow: boolean;
}
