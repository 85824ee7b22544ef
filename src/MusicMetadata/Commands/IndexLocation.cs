using MusicMetadata.Loading;
using MusicMetadata.Search;

namespace MusicMetadata.Commands;

/// <summary>Where the operator wants the search index: at a path, beside the database, or nowhere.</summary>
/// <param name="Text">As it is written: a path, nothing for beside the database, or <c>off</c>.</param>
internal sealed record IndexLocation(string Text)
{
    /// <summary>Beside the database.</summary>
    public static readonly IndexLocation Beside = new("");

    /// <summary>Anywhere, or nowhere.</summary>
    public static readonly Notation<IndexLocation> Notation = new(text => new(text), location => location.Text);

    /// <summary>Anywhere, for those who build one.</summary>
    public static readonly Notation<IndexLocation> NotationToBuild = new(
        text => new IndexLocation(text) is { IsOff: false } location
            ? location
            : throw new FormatException("give the path of the index to build, or leave it out."),
        location => location.Text);

    /// <summary>Whether there is to be no index.</summary>
    public bool IsOff => Text == "off";

    /// <summary>Whether the operator named a path.</summary>
    public bool IsGiven => Text.Length > 0 && !IsOff;

    /// <summary>The full path of the index of a database; null when there is to be none, and beside a server nothing lies.</summary>
    public string? PathFor(string database) =>
        IsOff ? null
        : IsGiven ? Path.GetFullPath(Text)
        : CatalogLoader.IsOnServer(database) ? null
        : SearchOptions.PathBeside(database);
}
