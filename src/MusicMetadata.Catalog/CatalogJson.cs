using System.Text.Encodings.Web;
using System.Text.Json;

namespace MusicMetadata.Catalog;

/// <summary>
/// How tracks, albums and artists look in JSON: names of fields, their order, and which are left out. Written by hand, from UTF-8 to UTF-8:
/// a serializer would make a string of every text only to encode it again.
/// </summary>
/// <remarks>
/// Objects are left open where parts follow that a store reads from other rows; the order to call in is the order of the methods.
/// </remarks>
public static class CatalogJson
{
    /// <summary>Settings of every writer of catalog JSON: compact, and only what JSON itself demands is escaped.</summary>
    public static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText IsrcName = JsonEncodedText.Encode("isrc");
    private static readonly JsonEncodedText DurationMs = JsonEncodedText.Encode("duration_ms");
    private static readonly JsonEncodedText Explicit = JsonEncodedText.Encode("explicit");
    private static readonly JsonEncodedText TrackNumber = JsonEncodedText.Encode("track_number");
    private static readonly JsonEncodedText DiscNumber = JsonEncodedText.Encode("disc_number");
    private static readonly JsonEncodedText Popularity = JsonEncodedText.Encode("popularity");
    private static readonly JsonEncodedText PreviewUrl = JsonEncodedText.Encode("preview_url");
    private static readonly JsonEncodedText AlbumName = JsonEncodedText.Encode("album");
    private static readonly JsonEncodedText Artists = JsonEncodedText.Encode("artists");
    private static readonly JsonEncodedText OriginalTitle = JsonEncodedText.Encode("original_title");
    private static readonly JsonEncodedText VersionTitle = JsonEncodedText.Encode("version_title");
    private static readonly JsonEncodedText HasLyrics = JsonEncodedText.Encode("has_lyrics");
    private static readonly JsonEncodedText Languages = JsonEncodedText.Encode("languages");
    private static readonly JsonEncodedText ArtistRoles = JsonEncodedText.Encode("artist_roles");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Label = JsonEncodedText.Encode("label");
    private static readonly JsonEncodedText ReleaseDate = JsonEncodedText.Encode("release_date");
    private static readonly JsonEncodedText ReleaseDatePrecision = JsonEncodedText.Encode("release_date_precision");
    private static readonly JsonEncodedText Upc = JsonEncodedText.Encode("upc");
    private static readonly JsonEncodedText TotalTracks = JsonEncodedText.Encode("total_tracks");
    private static readonly JsonEncodedText Copyright = JsonEncodedText.Encode("copyright");
    private static readonly JsonEncodedText CopyrightP = JsonEncodedText.Encode("copyright_p");
    private static readonly JsonEncodedText Images = JsonEncodedText.Encode("images");
    private static readonly JsonEncodedText Followers = JsonEncodedText.Encode("followers");
    private static readonly JsonEncodedText Genres = JsonEncodedText.Encode("genres");
    private static readonly JsonEncodedText Url = JsonEncodedText.Encode("url");
    private static readonly JsonEncodedText Width = JsonEncodedText.Encode("width");
    private static readonly JsonEncodedText Height = JsonEncodedText.Encode("height");

    /// <summary>Opens a track and writes the fields of its row.</summary>
    public static void BeginTrack(Utf8JsonWriter json, in Track track)
    {
        json.WriteStartObject();
        json.WriteString(Id, track.Id);
        json.WriteString(Name, track.Name);
        WriteUnlessEmpty(json, IsrcName, track.Isrc);
        json.WriteNumber(DurationMs, track.DurationMs);
        json.WriteBoolean(Explicit, track.Explicit);
        json.WriteNumber(TrackNumber, track.TrackNumber);
        json.WriteNumber(DiscNumber, track.DiscNumber);
        json.WriteNumber(Popularity, track.Popularity);
        WriteUnlessEmpty(json, PreviewUrl, track.PreviewUrl);
    }

    /// <summary>Writes the name under which a track's album follows.</summary>
    public static void BeginAlbumOfTrack(Utf8JsonWriter json) => json.WritePropertyName(AlbumName);

    /// <summary>Writes what the track's file tells.</summary>
    public static void WriteTrackFile(Utf8JsonWriter json, in TrackFile file)
    {
        WriteUnlessEmpty(json, OriginalTitle, file.OriginalTitle);
        WriteUnlessEmpty(json, VersionTitle, file.VersionTitle);
        if (file.HasLyrics is { } hasLyrics)
        {
            json.WriteBoolean(HasLyrics, hasLyrics);
        }

        WriteStringArray(json, Languages, file.LanguagesJson);
        WriteStringArray(json, ArtistRoles, file.ArtistRolesJson);
    }

    /// <summary>Opens an album and writes the fields of its row.</summary>
    public static void BeginAlbum(Utf8JsonWriter json, in Album album)
    {
        json.WriteStartObject();
        json.WriteString(Id, album.Id);
        json.WriteString(Name, album.Name);
        json.WriteString(Type, album.Type);
        json.WriteString(Label, album.Label);
        json.WriteString(ReleaseDate, album.ReleaseDate);
        json.WriteString(ReleaseDatePrecision, album.ReleaseDatePrecision);
        WriteUnlessEmpty(json, Upc, album.Upc);
        json.WriteNumber(TotalTracks, album.TotalTracks);
        WriteUnlessEmpty(json, Copyright, album.Copyright);
        WriteUnlessEmpty(json, CopyrightP, album.CopyrightP);
    }

    /// <summary>Opens an artist and writes the fields of its row.</summary>
    public static void BeginArtist(Utf8JsonWriter json, in Artist artist)
    {
        json.WriteStartObject();
        json.WriteString(Id, artist.Id);
        json.WriteString(Name, artist.Name);
        json.WriteNumber(Followers, artist.Followers);
        json.WriteNumber(Popularity, artist.Popularity);
    }

    /// <summary>Opens the array of an artist's genres, which are plain strings.</summary>
    public static void BeginGenres(Utf8JsonWriter json) => json.WriteStartArray(Genres);

    /// <summary>Opens the array of images of an album or artist.</summary>
    public static void BeginImages(Utf8JsonWriter json) => json.WriteStartArray(Images);

    /// <summary>Writes one image.</summary>
    public static void WriteImage(Utf8JsonWriter json, in Image image)
    {
        json.WriteStartObject();
        json.WriteString(Url, image.Url);
        json.WriteNumber(Width, image.Width);
        json.WriteNumber(Height, image.Height);
        json.WriteEndObject();
    }

    /// <summary>Opens the array of artists of a track or album.</summary>
    public static void BeginArtists(Utf8JsonWriter json) => json.WriteStartArray(Artists);

    private static void WriteUnlessEmpty(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>Copies a JSON array of strings; anything else, and an empty array, leaves the field out.</summary>
    private static void WriteStringArray(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<byte> text)
    {
        // Cheap refusals first: an exception costs more than the rest of the track.
        if (text.IsEmpty || text[0] != (byte)'[' || !IsArrayOfStrings(text))
        {
            return;
        }

        json.WriteStartArray(name);
        var reader = new Utf8JsonReader(text);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            if (reader.ValueIsEscaped)
            {
                json.WriteStringValue(reader.GetString());
            }
            else
            {
                json.WriteStringValue(reader.ValueSpan);
            }
        }

        json.WriteEndArray();
    }

    private static bool IsArrayOfStrings(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            _ = reader.Read();
            var count = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                // Decoding finds half of a surrogate pair, which the reader's grammar lets pass.
                _ = reader.ValueIsEscaped ? reader.GetString() : null;
                count++;
            }

            return count > 0 && reader.TokenType == JsonTokenType.EndArray && !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
