namespace MusicMetadata.Tests.Server;

internal sealed record Image(string Url, int Size);

internal sealed record ArtistRow(long Key, string Id, string Name, long Followers, long Popularity, string[] Genres, Image[] Images);

internal sealed record AlbumRow(
    long Key, string Id, string Name, string Label, string ReleaseDate, string Upc, int TotalTracks, string? Copyright, string CopyrightP,
    Image[] Images, long[] Artists);

internal sealed record TrackRow(
    long Key, string Id, string Name, string Isrc, long DurationMs, int TrackNumber, long Popularity, string? PreviewUrl, long Album,
    long[] Artists, bool? HasLyrics, string[] Languages, string[] Roles);

/// <summary>Two albums of the conformance catalog with all that belongs to them, under keys of their own.</summary>
internal static class MemoryRows
{
    public static readonly ArtistRow[] Artists =
    [
        new(1, "CbBseet6UyDPiH2VI0pfGm", "One Tamoki De Pelmita", 9007199254740993, 0, ["bossa nova", "lo-fi", "hip hop"], []),
        new(2, "zviug49p8PvbmxphIVW3SB", "Ducona Iszen", 10305, 63, [], Portrait("6befac1392ddf78be1f36ce6615a86a2")),
        new(3, "HeGE3CgLqaBsitbyJIMY6Z", "Peltergri Heart Me Cofita", 143, 0, [], Portrait("81e4c97e22da82039a930e920bb24a9b")),
        new(4, "6RyIy0G3CfLSNAu2727Xro", "प्यारmúsicaΕλλάδα Wyngriraow Lois Hartkijo", 0, 0, [], []),
    ];

    public static readonly AlbumRow[] Albums =
    [
        new(1, "MFQkx8PRw1IShk5HoWAldb", "Locotaya And Dorishdorjo", "Ishmoanpel Über Fiowgrishi", "2017-05-04", "0780053543438", 2,
            null, "℗ 2017 Ishmoanpel Über Fiowgrishi", Cover("6936bf57cff48676bd69be18"), [1, 2]),
        new(2, "Gb9deqdhvqzY91IZSl8ly1", "Of Nael", "夜夢música Benacohart Vida Jotor", "1993-11-18", "0084597018632", 1,
            "© 1993 夜夢música Benacohart Vida Jotor", "℗ 1993 夜夢música Benacohart Vida Jotor", Cover("3b387a7716034f783c583166"), [4]),
    ];

    public static readonly TrackRow[] Tracks =
    [
        new(1, "FmWs1xVJOo2jFN3URD3QRf", "Kakifi Été Iskavenya Linjo", "GBYHX5547672", 223484, 1, 0, null, 1, [1, 2],
            false, ["ja", "en"], ["main_artist"]),
        new(2, "FLDnh3DTrs6dRvfOJZlVmh", "Iskavenya Linjo", "FRLM79382111", 251335, 2, 0, null, 1, [1, 2], null, [], ["main_artist"]),
        new(3, "7ReLa2aspipILy8pKpypjD", "Ansunowlo Owzenpelpel Hartmoyaki Ishartwyn", "USWUP6051072", 21057, 1, 6,
            "https://p.scdn.co/mp3-preview/09af29e2769259d441190239f39616a1dd4c8960", 2, [4, 3],
            false, ["en"], ["main_artist", "featured_artist"]),
    ];

    private static Image[] Portrait(string name) =>
    [
        new($"https://i.scdn.co/image/ab6761610000e5eb{name}0280", 640),
        new($"https://i.scdn.co/image/ab6761610000e5eb{name}0140", 320),
        new($"https://i.scdn.co/image/ab6761610000e5eb{name}00a0", 160),
    ];

    private static Image[] Cover(string name) =>
    [
        new($"https://i.scdn.co/image/ab67616d0000b273{name}", 640),
        new($"https://i.scdn.co/image/ab67616d00001e02{name}", 300),
        new($"https://i.scdn.co/image/ab67616d00004851{name}", 64),
    ];
}
