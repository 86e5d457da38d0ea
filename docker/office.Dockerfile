# The office as a container: web and grains in one process, or one of the two (Hosting__Role), or its one-time commands.
#   docker build -f docker/office.Dockerfile -t orleansgov:1.0.0 .
# Target "silo" is the same program, told to take no web calls.
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
# Orleans = the real packages; Compat = compat/, one process only (docs/decisions/0002-engine.md).
ARG ENGINE=Orleans
WORKDIR /source
COPY . .
RUN dotnet publish src/Api -c Release -p:Engine=${ENGINE} -o /app --nologo

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble AS office
WORKDIR /app
# Owned by root: what runs cannot change itself. Only these two folders are the office's own.
RUN mkdir -m 700 /data /content && chown $APP_UID:$APP_UID /data /content
COPY --from=build --chown=root:root /app .
COPY --chown=root:root packs /app/packs
ENV ASPNETCORE_ENVIRONMENT=Production \
    ASPNETCORE_URLS=http://+:8080 \
    Data__Directory=/data \
    Packs__Directory=/app/packs
USER $APP_UID
EXPOSE 8080
# The program asks itself: no curl in the image. The office drains for up to 30 s: give containers 45 s to stop.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["dotnet", "OrleansGov.Api.dll", "health"]
ENTRYPOINT ["dotnet", "OrleansGov.Api.dll"]

FROM office AS silo
ENV Hosting__Mode=Cluster \
    Hosting__Role=Silo
EXPOSE 11111 30000

# The last one is what a build without --target makes.
FROM office AS api
