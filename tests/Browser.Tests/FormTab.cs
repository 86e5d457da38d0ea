namespace OrleansGov.Browser.Tests;

/// <summary>The one-time form in a tab: the fields a person fills.</summary>
public sealed class FormTab(IPage page, Person person)
{
    public IPage Page => page;

    public ILocator Field(string label) => page.GetByLabel(label);

    public async Task FillAsync(string name = "港 花子", string kana = "みなと はなこ", string phone = "090-0000-0000", string block = "5番12号")
    {
        foreach (var (label, value) in new[] { ("お名前", name), ("フリガナ", kana), ("電話番号", phone), ("番地・建物名", block) })
            if (value.Length > 0) await person.TypeAsync(Field(label), value);
    }

    public Task SendAsync() => person.TapAsync(page.GetByRole(AriaRole.Button, new() { Name = "入力内容を送信する" }));
}
