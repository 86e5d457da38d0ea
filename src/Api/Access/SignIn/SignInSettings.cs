using OrleansGov.Api.Settings;

namespace OrleansGov.Api.Access;

/// <summary><c>SignIn__…</c>: the identity provider that people sign in at.</summary>
/// <param name="Authority">Its address; below it lies <c>/.well-known/openid-configuration</c>.</param>
/// <param name="ClientSecret">Null = a public client; PKCE is used in either case.</param>
/// <param name="Scopes">What is asked for.</param>
/// <param name="Acr">Classes of authentication of which one must have been reached (such as one with a second factor); empty = the provider decides.</param>
/// <param name="AttemptsPerAddress">Sign-ins begun from one address within 20 seconds.</param>
public sealed record SignInSettings(Uri Authority, string ClientId, string? ClientSecret, ImmutableList<string> Scopes, ImmutableList<string> Acr, int AttemptsPerAddress)
{
    public const int UsualAttempts = 5;

    /// <summary>Sign-ins of one account within five minutes.</summary>
    public int AttemptsPerAccount { get; init; } = 20;

    /// <summary>As it stands in tokens and in Records.</summary>
    public string Issuer => IssuerOf(Authority.ToString());

    /// <summary>Some providers end their name with a slash and some write it both ways.</summary>
    public static string IssuerOf(string text) => text.TrimEnd('/');

    /// <summary>Null = people cannot sign in here; machines can.</summary>
    public static SignInSettings? Read(IConfiguration configuration, bool isDevelopment, Uri publicUrl, ICollection<SettingFault> faults)
    {
        var section = configuration.GetSection("SignIn");
        var (attempts, perAccount) = (Attempts("AttemptsPerAddress", UsualAttempts), Attempts("AttemptsPerAccount", 20));
        if (string.IsNullOrWhiteSpace(section["Authority"]))
        {
            foreach (var lonely in (string[])["ClientId", "ClientSecret", "Scopes", "Acr"])
                if (!string.IsNullOrWhiteSpace(section[lonely])) Fault("Authority", $"SignIn__{lonely} があるときは、認証基盤の URL も指定してください。", $"Needed beside SignIn__{lonely}: the provider's address.");
            return isDevelopment ? DevelopmentProvider.Settings(publicUrl, attempts) with { AttemptsPerAccount = perAccount } : null;
        }

        if (!Uri.TryCreate(section["Authority"], UriKind.Absolute, out var authority) || authority.Scheme != "https")
            Fault("Authority", "認証基盤の https:// で始まる URL を指定してください。", "Must be the identity provider's https URL.");
        if (string.IsNullOrWhiteSpace(section["ClientId"]))
            Fault("ClientId", "認証基盤に登録したクライアント ID を指定してください。", "Must be the client id registered at the provider.");
        if (publicUrl.Scheme != "https" && !isDevelopment)
            faults.Add(new("Public__BaseUrl", "サインインを使うときは https:// で始まる URL にしてください。", "Sign-in needs an https URL."));
        var scopes = ApiKey.Words(section["Scopes"] ?? "openid profile email");
        if (!scopes.Contains("openid")) Fault("Scopes", "openid を含めてください。", "Must contain openid.");
        return authority is null ? null : new(authority, section["ClientId"]?.Trim() ?? "", string.IsNullOrWhiteSpace(section["ClientSecret"]) ? null : section["ClientSecret"], [.. scopes], [.. ApiKey.Words(section["Acr"])], attempts) { AttemptsPerAccount = perAccount };

        int Attempts(string key, int usual)
        {
            if (section[key] is not { Length: > 0 } number) return usual;
            if (int.TryParse(number, out var attempts) && attempts > 0) return attempts;
            Fault(key, "1 以上の整数を指定してください。", "Must be a whole number of at least 1.");
            return usual;
        }

        void Fault(string key, string japanese, string english) => faults.Add(new($"SignIn__{key}", japanese, english));
    }

    // the secret is nobody's to see
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Authority = {Authority}, ClientId = {ClientId}");
        return true;
    }
}
