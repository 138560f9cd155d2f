/** The bundler takes the style sheet along with the component that imports it. */
declare module '*.css';
