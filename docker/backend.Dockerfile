# The api and the worker: one image, two commands. Build from the repository's root:
#   docker build -f docker/backend.Dockerfile -t yudai-backend .
FROM node:24-bookworm-slim AS build
WORKDIR /src
ENV NX_DAEMON=false NX_NO_CLOUD=true CI=true
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY nx.json tsconfig.base.json ./
COPY backend backend
COPY migrations migrations
RUN npx nx run-many -t build -p backend,migrations && rm -rf dist/backend/local \
 && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
# git fetches and pushes; bubblewrap confines what the solver runs; the rest is what test suites expect of a machine.
RUN apt-get update \
 && apt-get install -y --no-install-recommends git bubblewrap ca-certificates procps python3 make \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 yudai && useradd --uid 10001 --gid yudai --no-create-home --shell /usr/sbin/nologin yudai \
 && install -d -o yudai -g yudai /data
WORKDIR /app
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/dist/backend dist/backend
COPY --from=build /src/dist/migrations dist/migrations
COPY package.json LICENSE NOTICE ./
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
USER yudai
VOLUME /data
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/backend/main.js"]
