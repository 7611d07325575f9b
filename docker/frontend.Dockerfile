# nginx with the built client; it ends TLS and passes /api on. Build from the repository's root:
#   docker build -f docker/frontend.Dockerfile -t yudai-frontend .
# Behind a mirror of the npm registry: --secret id=npmrc,src=$HOME/.npmrc
FROM node:24-bookworm-slim AS packages
WORKDIR /src
ENV NX_DAEMON=false NX_NO_CLOUD=true CI=true NG_CLI_ANALYTICS=false
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --ignore-scripts

FROM packages AS build
COPY nx.json tsconfig.base.json ./
COPY frontend frontend
RUN npx nx run frontend:build

FROM nginx:1.28-bookworm
RUN rm -rf /etc/nginx/conf.d /usr/share/nginx/html
COPY nginx/nginx.conf /etc/nginx/nginx.conf
COPY nginx/snippets /etc/nginx/snippets
COPY nginx/templates /etc/nginx/templates
COPY --from=build /src/dist/frontend/browser /usr/share/nginx/html
# The stock entry point fills the templates in; as a normal user it writes here, and nginx to /tmp only.
RUN install -d -o nginx -g nginx /etc/nginx/conf.d
ENV API_ADDRESS=api:3000 NGINX_ENTRYPOINT_LOCAL_RESOLVERS=1
USER nginx
EXPOSE 8080 8443
