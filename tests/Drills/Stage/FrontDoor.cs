using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansGov.Drills;

/// <summary>The address residents' browsers know: forms open there whichever node lives. A node that cannot be reached is passed over.</summary>
internal sealed class FrontDoor : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3); // a frozen node accepts connections and says nothing
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http;
    private readonly Switchboard _switchboard;

    private FrontDoor(WebApplication app, Switchboard switchboard)
    {
        (_app, _switchboard, _http) = (app, switchboard, new HttpMessageInvoker(switchboard, disposeHandler: false));
        app.Run(Forward);
    }

    public Uri Url => new(_app.Urls.First());

    public static async Task<FrontDoor> OpenAsync(Switchboard switchboard)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var door = new FrontDoor(builder.Build(), switchboard);
        await door._app.StartAsync();
        return door;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task Forward(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        for (var attempt = 0; attempt < _switchboard.Nodes; attempt++)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            enough.CancelAfter(Patience);
            try
            {
                using var answer = await _http.SendAsync(Copy(http.Request, body.ToArray()), enough.Token);
                http.Response.StatusCode = (int)answer.StatusCode;
                foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
                    if (name != "Transfer-Encoding") http.Response.Headers[name] = values.ToArray();
                await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
                return;
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !http.RequestAborted.IsCancellationRequested))
            {
                // the next one
            }
        }

        http.Response.StatusCode = StatusCodes.Status502BadGateway;
    }

    private HttpRequestMessage Copy(HttpRequest request, byte[] body)
    {
        var copy = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(Url, request.Path + request.QueryString.ToString()));
        if (body.Length > 0) copy.Content = new ByteArrayContent(body);
        foreach (var (name, values) in request.Headers)
        {
            if (name is "Connection" or "Content-Length") continue;
            if (!copy.Headers.TryAddWithoutValidation(name, values.ToArray())) copy.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        return copy;
    }
}
