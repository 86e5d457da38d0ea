namespace OrleansGov.Procedures;

/// <summary>マイナンバー in running text.</summary>
public static class PersonalNumber
{
    public static bool Contains(string text) => throw new NotImplementedException();

    public static string Mask(string text) => throw new NotImplementedException();
}
