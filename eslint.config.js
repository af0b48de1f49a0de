import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/node_modules/", "media/", "staticfiles/", ".venv/"] },
  js.configs.recommended,
  {
    files: ["static/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      "id-length": ["error", { min: 2, exceptions: ["x", "y"], properties: "never" }],
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
    },
  },
];
