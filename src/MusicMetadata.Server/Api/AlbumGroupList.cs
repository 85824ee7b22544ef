using MusicMetadata.Catalog;

namespace MusicMetadata.Server.Api;

/// <summary>Which albums of an artist a client wants: a list of words with commas.</summary>
internal static class AlbumGroupList
{
    /// <summary>Reads such a list; false when it has another word.</summary>
    public static bool TryParse(string text, out AlbumGroups groups)
    {
        groups = AlbumGroups.None;
        foreach (var word in text.Split(','))
        {
            var group = word switch
            {
                "album" => AlbumGroups.Albums,
                "single" => AlbumGroups.Singles,
                "compilation" => AlbumGroups.Compilations,
                "appears_on" => AlbumGroups.AppearsOn,
                _ => AlbumGroups.None,
            };
            if (group == AlbumGroups.None)
            {
                return false;
            }

            groups |= group;
        }

        return true;
    }
}
