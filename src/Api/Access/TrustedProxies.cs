using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace OrleansGov.Api.Access;

/// <summary>
/// Who called, and whether by https, when a reverse proxy stands before us. Anybody can write X-Forwarded-For: it is believed only from the networks the
/// installation names, hop by hop from the nearest. Without any, the connection's own address counts, as before.
/// </summary>
internal static class TrustedProxies
{
    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app, ImmutableList<IPNetwork> networks)
    {
        if (networks.IsEmpty) return app;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var network in networks) options.KnownIPNetworks.Add(network);
        return app.UseForwardedHeaders(options);
    }
}
