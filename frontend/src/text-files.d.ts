// Files imported with { loader: 'text' } come as their text.
declare module '*.css' {
  const text: string;
  export default text;
}
