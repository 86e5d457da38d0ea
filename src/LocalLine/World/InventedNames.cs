namespace OrleansGov.LocalLine.World;

/// <summary>Invented people for the simulator, in turn; none of them exists.</summary>
internal static class InventedNames
{
    private static readonly string[] Families = ["佐藤", "鈴木", "高橋", "田中", "渡辺", "伊藤", "中村", "小林", "山本", "加藤", "吉田", "松本"];
    private static readonly string[] Given = ["花子", "健太", "美咲", "翔", "由美", "大輔", "さくら", "誠", "陽菜", "直樹", "千尋"];
    private static readonly string[] Colors = ["#3b7a57", "#b5651d", "#4a6fa5", "#8e4585", "#c0392b", "#2e8b8b", "#6b705c", "#9a6324"];

    public static string Name(int n) => $"{Families[n % Families.Length]} {Given[n % Given.Length]}";

    public static string Color(int n) => Colors[n % Colors.Length];
}
