using System.Diagnostics;

namespace OrleansGov.Residents;

/// <summary>What a load balancer does: each webhook goes to the next door, and past one where nobody opens.</summary>
internal sealed class Doors(int connections) : DelegatingHandler(new SocketsHttpHandler
{
    AllowAutoRedirect = false,
    UseCookies = false,
    UseProxy = false,
    MaxConnectionsPerServer = connections,
    ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
})
{
    private volatile IReadOnlyList<Uri> _offices = [];
    private int _next;

    /// <summary>None = wherever the channel's webhook address says.</summary>
    public void Open(IReadOnlyList<Uri> offices) => _offices = offices;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (offices, path) = (_offices, request.RequestUri!.PathAndQuery);
        if (offices.Count == 0) return await base.SendAsync(request, cancellationToken);
        for (var tried = 1; ; tried++)
        {
            request.RequestUri = new Uri(offices[(int)((uint)Interlocked.Increment(ref _next) % offices.Count)], path);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError && tried < offices.Count)
            {
                // the next one
            }
        }
    }
}
