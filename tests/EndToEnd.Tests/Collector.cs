using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansGov.EndToEnd.Tests;

/// <summary>An OTLP/HTTP collector that keeps every byte it is sent, by signal.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Signal, byte[] Body)> Received { get; } = new();

    public Uri Url => new(_app.Urls.First());

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector._app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector.Received.Enqueue((signal, body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
        await collector._app.StartAsync();
        return collector;
    }

    public IEnumerable<byte[]> Of(string signal) => Received.Where(r => r.Signal == signal).Select(r => r.Body);

    /// <summary>Every span that came in.</summary>
    public List<Span> Spans() => [.. Of("traces").SelectMany(body => Wire.Read(body)
        .Where(f => f.Number == 1).SelectMany(resource => Wire.Read(resource.Bytes))
        .Where(f => f.Number == 2).SelectMany(scope => Wire.Read(scope.Bytes))
        .Where(f => f.Number == 2).Select(span => new Span(Wire.Read(span.Bytes))))];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>opentelemetry.proto.trace.v1.Span: 1 trace id, 2 span id, 4 parent, 5 name.</summary>
    public sealed class Span(List<Wire.Field> fields)
    {
        public string Trace { get; } = Hex(fields, 1);
        public string Id { get; } = Hex(fields, 2);
        public string Parent { get; } = Hex(fields, 4);
        public string Name { get; } = System.Text.Encoding.UTF8.GetString(fields.First(f => f.Number == 5).Bytes);

        private static string Hex(List<Wire.Field> fields, int number) => Convert.ToHexStringLower(fields.FirstOrDefault(f => f.Number == number).Bytes ?? []);
    }

    /// <summary>As much of protobuf's wire format as a span needs.</summary>
    public static class Wire
    {
        public readonly record struct Field(int Number, byte[] Bytes);

        public static List<Field> Read(byte[] bytes)
        {
            var fields = new List<Field>();
            for (var at = 0; at < bytes.Length;)
            {
                var tag = Varint(bytes, ref at);
                var length = (tag & 7) switch { 0 => Skip(bytes, ref at), 1 => 8, 2 => (int)Varint(bytes, ref at), 5 => 4, _ => throw new InvalidDataException($"wire type {tag & 7}") };
                fields.Add(new((int)(tag >> 3), bytes[at..(at + length)]));
                at += length;
            }

            return fields;
        }

        private static int Skip(byte[] bytes, ref int at)
        {
            Varint(bytes, ref at);
            return 0;
        }

        private static ulong Varint(byte[] bytes, ref int at)
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var b = bytes[at++];
                value |= (ulong)(b & 127) << shift;
                if (b < 128) return value;
            }
        }
    }
}
