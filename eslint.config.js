// What eslint looks for in the scripts of the widgets and of the decks. How they are laid out is prettier's.
import js from "@eslint/js";
import globals from "globals";

const LONGEST = 120; // also of a comment and of a text, which prettier leaves as they are

export default [
  { ignores: ["node_modules/", ".venv/", "_build/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      "default-param-last": "error",
      "max-len": ["error", { code: LONGEST }],
      "no-implicit-globals": "error",
      "no-self-compare": "error",
      "no-shadow-restricted-names": "error",
      "no-unmodified-loop-condition": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }], // a base says what it hands to those who listen
      "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
      "no-useless-concat": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      eqeqeq: "error",
    },
  },
  {
    // classic scripts: a page has them beside one another
    files: ["code/marubatsu/widgets/kit/{host,loader}.js", "code/marubatsu_book/slides/deck/*.js"],
    languageOptions: { sourceType: "script" },
  },
  { files: ["code/marubatsu/widgets/kit/host.js"], languageOptions: { globals: { moduleLoader: "readonly" } } },
  { files: ["code/marubatsu/widgets/kit/loader.js"], rules: { "no-implicit-globals": "off" } },
  {
    files: ["code/marubatsu_book/slides/deck/*.js"],
    languageOptions: {
      globals: { Reveal: "readonly", RevealNotes: "readonly", fitPicture: "readonly", followProjector: "readonly" },
    },
  },
  { files: ["eslint.config.js"], languageOptions: { globals: globals.node } },
];
