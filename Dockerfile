FROM python:3.12-slim-bookworm AS build
WORKDIR /build
COPY requirements.txt ./
RUN pip wheel --no-cache-dir --require-hashes --wheel-dir /wheels -r requirements.txt
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home advisor && install -d -o advisor /data
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links /wheels crm-advisor && rm -r /wheels
USER advisor
ENV ADVISOR_DATABASE=/data/cases.db ADVISOR_CACHE=/data/cache PYTHONSAFEPATH=1
VOLUME /data
EXPOSE 8000
# A proxy with HTTPS stands in front; without ADVISOR_HTTPS=1 the server refuses to listen beyond loopback.
CMD ["advisor", "serve", "--host", "0.0.0.0", "--port", "8000", "--proxies", "1"]
