# The api and the worker: one image, two commands. Build from the repository's root:
#   docker build -f docker/backend.Dockerfile -t yudai-backend .
# Behind a mirror of the npm registry: --secret id=npmrc,src=$HOME/.npmrc
FROM node:24-bookworm-slim AS packages
WORKDIR /src
ENV NX_DAEMON=false NX_NO_CLOUD=true CI=true NG_CLI_ANALYTICS=false
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --ignore-scripts

FROM packages AS build
COPY nx.json tsconfig.base.json ./
COPY backend backend
COPY migrations migrations
RUN npx nx run-many -t build -p backend,migrations && rm -rf dist/backend/local

FROM packages AS production
# onnxruntime-node brings a library for every platform; one of them is ours.
RUN npm prune --omit=dev --ignore-scripts \
 && find node_modules/onnxruntime-node/bin -mindepth 3 -maxdepth 3 -type d \
    ! -path "*/linux/$(node -p process.arch)" -exec rm -rf {} +

FROM node:24-bookworm-slim
# git fetches and pushes; bubblewrap confines what the solver runs; the rest is what test suites expect of a machine.
RUN apt-get update \
 && apt-get install -y --no-install-recommends git bubblewrap ca-certificates procps python3 python3-pytest make \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 yudai && useradd --uid 10001 --gid yudai --no-create-home --shell /usr/sbin/nologin yudai \
 && install -d -o yudai -g yudai /data /scratch
WORKDIR /app
COPY --from=production /src/node_modules node_modules
COPY --from=build /src/dist/backend dist/backend
COPY --from=build /src/dist/migrations dist/migrations
COPY package.json LICENSE NOTICE ./
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data ORT_DISABLE_TELEMETRY=1
USER yudai
VOLUME /data
EXPOSE 3000
CMD ["node", "dist/backend/main.js"]
