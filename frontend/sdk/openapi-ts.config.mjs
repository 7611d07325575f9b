/** The committed document in, the committed client out: a difference after a run is a contract that was changed. */
export default {
  input: './backend/openapi.json',
  output: { path: './frontend/sdk/src/generated', module: { extension: '.js' }, clean: true },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
};
