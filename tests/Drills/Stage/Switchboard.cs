namespace OrleansGov.Drills;

/// <summary>
/// The load balancer in front of the office: each call goes to the next node in turn, wherever it was addressed to. It has no health checks, the hardest case:
/// what a dead or frozen node does not take, LINE must bring again.
/// </summary>
internal sealed class Switchboard() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, MaxConnectionsPerServer = 256 })
{
    private volatile Uri[] _nodes = [];
    private int _turn;

    public void Connect(IEnumerable<Uri> nodes) => _nodes = [.. nodes];

    public Uri Next()
    {
        var nodes = _nodes;
        return nodes[(uint)Interlocked.Increment(ref _turn) % nodes.Length];
    }

    public int Nodes => _nodes.Length;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(Next(), request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
