using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using OrleansGov.Api.Webhooks;

namespace OrleansGov.Api.Forms;

/// <summary>
/// One-time forms for personal details. The link is the only key: 256 bits that its resident's grain knows. Looking never consumes it (messengers
/// and scanners look at links); sending does, once.
/// </summary>
public static class FormEndpoints
{
    private const int LargestBody = 64 * 1024;

    private static readonly FormOptions Limits = new() { ValueCountLimit = 64, ValueLengthLimit = 8 * 1024, KeyLengthLimit = 128 };

    public static IEndpointRouteBuilder MapForms(this IEndpointRouteBuilder app)
    {
        var forms = app.MapGroup("/form").ExcludeFromDescription().AllowAnonymous();
        forms.MapGet("/sent", FormPage.Saved);
        forms.MapGet("/{channel}/{resident}/{token}", Look);
        forms.MapPost("/{channel}/{resident}/{token}", Fill).WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        return app;
    }

    private static async Task<IResult> Look(string channel, string resident, string token, HttpContext http, Rooms rooms, DoorChannels channels, IAntiforgery antiforgery)
    {
        if (RoomOf(channel, resident, token, rooms, channels) is not { } room || await room.LookAtForm(token) is not { } form) return FormPage.Gone();
        return Show(form, http, antiforgery, ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, string>.Empty);
    }

    private static async Task<IResult> Fill(string channel, string resident, string token, HttpContext http, Rooms rooms, DoorChannels channels, IAntiforgery antiforgery)
    {
        if (!http.Request.HasFormContentType) return FormPage.Unconfirmed();
        http.Features.Set<IFormFeature>(new FormFeature(http.Request, Limits));
        IFormCollection sent;
        try
        {
            sent = await http.Request.ReadFormAsync(http.RequestAborted);
            await antiforgery.ValidateRequestAsync(http);
        }
        catch (Exception e) when (e is AntiforgeryValidationException or InvalidDataException)
        {
            return FormPage.Unconfirmed();
        }

        if (RoomOf(channel, resident, token, rooms, channels) is not { } room || await room.LookAtForm(token) is not { } form) return FormPage.Gone();
        var asked = form.Fields.Select(f => f.Id).Append("remember");
        var values = asked.Where(sent.ContainsKey).ToImmutableDictionary(id => id, id => sent[id].ToString());
        var result = await room.FillForm(token, values);
        return result.State switch
        {
            FormState.Saved => Results.Redirect("/form/sent", permanent: false, preserveMethod: false),
            FormState.Invalid => Show(form, http, antiforgery, values, result.Errors),
            _ => FormPage.Gone(),
        };
    }

    private static IResult Show(FormView form, HttpContext http, IAntiforgery antiforgery, IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string> errors)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return FormPage.Show(form, tokens.FormFieldName, tokens.RequestToken!, values, errors);
    }

    // Nobody may wake grains by guessing: what cannot be one of our links is answered here.
    private static IResidentGrain? RoomOf(string channel, string resident, string token, Rooms rooms, DoorChannels channels) =>
        channels.Find(channel) is not null
        && resident is { Length: >= 32 and <= 40 } && resident.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
        && token is { Length: >= 32 and <= 128 } && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? rooms.Resident(ResidentKey.Join(channel, resident))
            : null;
}
