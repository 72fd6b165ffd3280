// What the modules of the widgets hand to one another, said once for the type checker and for whoever writes a widget:
// names that a comment of any module may use.

/** Numbers with a shape, row after row: (N, C, H, W) for images, (F, C, KH, KW) for kernels. */
interface Tensor {
  shape: number[];
  data: Float64Array;
}

/** What `packed` of arrays.py gives: float32 numbers in base64. */
interface Packed {
  shape: number[];
  data: string;
}

/** Rows and columns of numbers that can be painted. */
interface Plane {
  rows: number;
  columns: number;
  data: ArrayLike<number>;
}

/** A picture to look at: three numbers a pixel where it has three channels. */
interface Picture extends Plane {
  data: Float64Array;
  channels?: number;
  title?: string;
  unit: string;
  source?: string;
  python?: string;
  /** Centre and width, in the picture's own unit. */
  window: [centre: number, width: number] | number[];
  /** What a reader should know about how it was read: each names a sentence of the texts and fills it. */
  notes: Note[];
  /** Of a picture that came with the page: how its numbers are kept. */
  dtype?: PictureEntry["dtype"];
  /** Of one that holds several, one below the other: the rows of each. */
  side?: number;
}

interface Note {
  code: string;
  values: Values;
}

/** A picture as an `images` trait holds it: its numbers stand in the page, or in a script beside it. */
interface PictureEntry {
  title: string;
  thumb: string;
  unit: string;
  shape: number[];
  dtype: "uint8" | "int16" | "uint16" | "float32" | "float64";
  window: number[];
  source: string;
  python: string;
  data?: string;
  src?: string;
  hash?: string;
  side?: number;
}

type Values = Record<string, string | number>;

/** The two ends of each number of a widget's state, as limits.py tells them. */
type Limits = Record<string, [low: number, high: number]>;

/** The words of a widget, from its texts file: most are sentences, some are lists or tables of sentences. */
type Texts = Record<string, any>;

/** The model of a widget, as anywidget has it; a page of the book adds what is optional here. */
interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  on(event: string, listener: (...given: any[]) => void): void;
  off(event: string, listener?: (...given: any[]) => void): void;
  save_changes(): void;
  /** The state that the page gives it. */
  initial?: Record<string, any>;
  /** The address of a page of this book by its name, "layers/convolution". */
  page?(slug: string): string;
  /** The address of this page with the widget's state in it. */
  link?(): string;
  /** Whether the address names a trait even where it is as at first. */
  named?(name: string): boolean;
}

/** The attributes of an element; true writes the bare name, false, null and undefined write nothing. */
type Attributes = Record<string, any> & { on?: Record<string, (event: any) => any>; text?: string | number };

/** What stands in an element: false, null and undefined are left out. */
type Child = Node | string | number | false | null | undefined | Child[];

/** A part of a widget that shows one value; `set` does not call back. */
interface Control<Value, Element = HTMLElement> {
  el: Element;
  set(value: Value): void;
}

/** A rectangle of pixels; one pixel where no size is given. */
interface Place {
  row: number;
  column: number;
  rows?: number;
  columns?: number;
}

/** How a pixel is pointed at. */
type Pointing = "hover" | "press" | "drag" | "release" | "leave";

/** Of loader.js, the script or the text before. */
declare function moduleLoader(): { define(file: string, text: string): void; load(file: string): Promise<any> };

interface Window {
  /** What the scripts of a page call. */
  marubatsu: {
    define(file: string, text: string): void;
    image(hash: string, data: string): void;
    pictures: Map<string, string>;
  };
}

declare var marubatsu: Window["marubatsu"];
