using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Grains;

/// <summary>One-time form links: 256 random bits that only the resident's talk has seen; the state keeps their hash, the run, the step and the end of their time.</summary>
internal static class FormTokens
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private const int Most = 5; // a question asked again makes a new link; the ones still in the talk go on working

    public static (string Token, FormLink Link) Make(Inquiry.MakeForm form, DateTimeOffset now)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (token, new FormLink(Hash(token), form.Run, form.Step, now + Life));
    }

    public static ImmutableList<FormLink> Keep(ImmutableList<FormLink> links, FormLink link)
    {
        var next = links.Add(link);
        return next.Count > Most ? next.RemoveAt(0) : next;
    }

    public static FormLink? Find(ImmutableList<FormLink> links, string token, DateTimeOffset now)
    {
        var hash = Hash(token);
        return links.Find(l => l.Until > now && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(l.Hash), Encoding.ASCII.GetBytes(hash)));
    }

    /// <summary>The step the form belongs to; null when the run no longer waits for it.</summary>
    public static SecretStep? StepOf(FormLink link, Conversation talk, Office office) =>
        Dialogue.WaitsForForm(talk, link.Run, link.Step) && office.Version(talk.Active!.ProcedureId, talk.Active.Version) is { } procedure
            ? procedure.StepById(link.Step) as SecretStep : null;

    public static FormView? View(FormLink link, Conversation talk, Office office)
    {
        if (StepOf(link, talk, office) is not { } step) return null;
        var language = talk.Language;
        var title = office.Version(talk.Active!.ProcedureId, talk.Active.Version)!.Title.In(language);
        return new FormView(office.Town.Name, title, step.Ask.In(language), [.. step.Fields.Select(f => Field(f, talk))], link.Until);
    }

    private static FormField Field(Step field, Conversation talk)
    {
        var language = talk.Language;
        var before = field.ProfileKey is { } key && talk.Profile.TryGetValue(key, out var answer) ? AnswerText.Of(answer) : null;
        return new FormField(field.Id, (field.Label ?? field.Ask).In(language), field.Kind, (field.Help ?? field.Ask).In(language), !field.Optional,
            field is TextStep text ? text.MaxLength : 100,
            field is ChoiceStep choice ? [.. choice.Options.Select(o => new FormOption(o.Value, o.Label.In(language)))] : [])
        { Prefill = before };
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
