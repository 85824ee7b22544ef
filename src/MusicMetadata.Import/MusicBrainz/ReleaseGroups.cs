namespace MusicMetadata.Import.MusicBrainz;

/// <summary>What releases have from their groups: the type, and how popular they are.</summary>
internal sealed class ReleaseGroups
{
    /// <summary>Numbers of the types that the catalog tells from albums; MusicBrainz has never changed them.</summary>
    private const int SingleType = 2;

    /// <inheritdoc cref="SingleType"/>
    private const int CompilationType = 1;

    private readonly IdTable<AlbumType> _types = new(DumpTable.ReleaseGroup.Name);
    private readonly IdTable<int> _releasesAndRaters = new(DumpTable.ReleaseGroup.Name);

    /// <summary>Reads the groups.</summary>
    public ReleaseGroups(Dump dump)
    {
        dump.ForEach(DumpTable.ReleaseGroup, row =>
            _types[row.Id(0)] = row.Id(4, fallback: 0) == SingleType ? AlbumType.Single : AlbumType.Album);
        dump.ForEach(DumpTable.ReleaseGroupSecondaryType, row =>
        {
            if (row.Id(1) == CompilationType)
            {
                _types[row.Id(0)] = AlbumType.Compilation;
            }
        });
        dump.ForEach(DumpTable.ReleaseGroupMeta, row => _releasesAndRaters[row.Id(0)] += row.Id(6, fallback: 0));
    }

    private enum AlbumType : byte
    {
        Album,
        Single,
        Compilation,
    }

    /// <summary>Counts a release of a group.</summary>
    public void CountRelease(int group) => _releasesAndRaters[group]++;

    /// <summary>The type of a group's releases, as the catalog calls it.</summary>
    public ReadOnlySpan<byte> TypeOf(int group) => _types[group] switch
    {
        AlbumType.Single => "single"u8,
        AlbumType.Compilation => "compilation"u8,
        _ => "album"u8,
    };

    /// <summary>The popularity of a group's releases.</summary>
    public int PopularityOf(int group) => Popularity.Of(_releasesAndRaters[group]);
}
