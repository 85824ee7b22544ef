using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Search.Terms;

namespace MusicMetadata.Server.Api.Spotify;

/// <summary>Says what a <see cref="SearchText"/> means for tracks, albums or artists.</summary>
internal static class SearchConditions
{
    /// <summary>The search for one type.</summary>
    /// <param name="text">What to find.</param>
    /// <param name="entity">Of which type.</param>
    /// <param name="limit">How many results.</param>
    /// <param name="offset">How many to skip.</param>
    /// <returns>Null when nothing of the type can be what is wanted: a filter does not go with it, or cannot be understood.</returns>
    public static TermQuery? Of(SearchText text, Entity entity, int limit, int offset)
    {
        var query = new TermQuery(entity) { Limit = limit, Offset = offset };
        if (text.Text.Length > 0)
        {
            query.Text.Add(text.Text);
        }

        return text.Filters.TrueForAll(filter => TryAdd(query, filter.Name, filter.Value)) ? query : null;
    }

    /// <summary>Adds a condition; false when it does not go with the type, or cannot be understood.</summary>
    private static bool TryAdd(TermQuery query, FilterName name, string value)
    {
        var (isTrack, isAlbum, isArtist) = (query.Entity == Entity.Track, query.Entity == Entity.Album, query.Entity == Entity.Artist);
        switch (name)
        {
            case FilterName.Track when isTrack:
            case FilterName.Album when isAlbum:
            case FilterName.Artist when isArtist:
                query.Name.Add(value);
                return true;
            case FilterName.Artist:
                query.Artist.Add(value);
                return true;
            case FilterName.Album when isTrack:
                query.Album.Add(value);
                return true;
            case FilterName.Isrc when isTrack && query.Isrc is null:
                query.Isrc = value;
                return true;
            case FilterName.Upc when isAlbum && query.Upc is null:
                query.Upc = value;
                return true;
            case FilterName.Year when ReadYears(value) is { } years:
                query.Years.Add(years);
                return true;
            case FilterName.Genre when !isAlbum:
                query.Genres.Add(value);
                return true;
            case FilterName.Tag when isAlbum && Is(value, "new"):
                query.IsNew = true;
                return true;
            case FilterName.Tag when isAlbum && Is(value, "hipster"):
                query.IsLeastPopular = true;
                return true;
            default:
                return false;
        }
    }

    private static bool Is(string value, string word) => value.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>A year, or two with a hyphen between them; null for anything else.</summary>
    private static YearRange? ReadYears(string value)
    {
        var years = value.Split('-', StringSplitOptions.TrimEntries);
        if (years.Length > 2 || !Array.TrueForAll(years, year => year.Length == 4 && year.All(char.IsAsciiDigit)))
        {
            return null;
        }

        var (first, last) = (Number(years[0]), Number(years[^1]));
        return first <= last ? new YearRange(first, last) : null;

        static int Number(string year) => int.Parse(year, CultureInfo.InvariantCulture);
    }
}
