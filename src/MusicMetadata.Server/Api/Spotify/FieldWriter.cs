using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Server.Api.Spotify;

/// <summary>Writes the fields that several objects below <c>/v1</c> have.</summary>
/// <param name="body">Has the records, and takes the JSON.</param>
/// <param name="request">Says in which market the client is, and how it calls the server.</param>
internal readonly struct FieldWriter(JsonBody body, SpotifyRequest request)
{
    private readonly CatalogRecords _records = body.Records;
    private readonly JsonText _json = body.Json;

    /// <summary>Writes a name, given with its punctuation, and a text.</summary>
    public void WriteText(ReadOnlySpan<byte> name, TextRange text)
    {
        _json.Append(name);
        _json.AppendText(_records.Text(text));
    }

    /// <summary>Writes an id with the addresses that it makes.</summary>
    public void WriteAddresses(
        ReadOnlySpan<byte> opening, ReadOnlySpan<byte> page, ReadOnlySpan<byte> address, ReadOnlySpan<byte> uri, TextRange id)
    {
        var text = _records.Text(id);
        _json.Append(opening);
        _json.AppendText(page, text);
        _json.Append("},\"href\":"u8);
        _json.AppendText(address, text);
        _json.Append(",\"id\":"u8);
        _json.AppendText(text);
        _json.Append(",\"uri\":"u8);
        _json.AppendText(uri, text);
    }

    /// <summary>Writes where something can be heard: all markets, or whether it can in the client's.</summary>
    public void WriteAvailability(long list)
    {
        if (request.Market is null)
        {
            _json.Append(",\"available_markets\":"u8);
            request.WriteMarkets(list, _json);
        }
        else
        {
            _json.Append(request.IsPlayable(list)
                ? ",\"is_playable\":true"u8
                : ",\"is_playable\":false,\"restrictions\":{\"reason\":\"market\"}"u8);
        }
    }

    /// <summary>Writes a date as long as its precision says, with a precision no finer than the date.</summary>
    public void WriteReleaseDate(ReadOnlySpan<byte> date, ReadOnlySpan<byte> precision)
    {
        var length = precision.SequenceEqual("day"u8) ? 10 : precision.SequenceEqual("month"u8) ? 7 : 4;
        length = Math.Min(length, date.Length);
        var isKnown = date.Length >= 4 && !date[..4].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        length = !isKnown ? 0 : length >= 10 ? 10 : length >= 7 ? 7 : 4;
        _json.Append(",\"release_date\":"u8);
        _json.AppendText(length == 0 ? "0000"u8 : date[..length]);
        _json.Append(length switch
        {
            10 => ",\"release_date_precision\":\"day\""u8,
            7 => ",\"release_date_precision\":\"month\""u8,
            _ => ",\"release_date_precision\":\"year\""u8,
        });
    }

    /// <summary>Writes images, widest first.</summary>
    public void WriteImages(ListRange images)
    {
        _json.Append(",\"images\":["u8);
        var start = _json.Length;
        foreach (var image in _records.Images(images))
        {
            _json.Separate(start);
            _json.AppendNumber("{\"height\":"u8, image.Height);
            WriteText(",\"url\":"u8, image.Url);
            _json.AppendNumber(",\"width\":"u8, image.Width);
            _json.Append("}"u8);
        }

        _json.Append("]"u8);
    }

    /// <summary>Writes an object with a code, or an empty one.</summary>
    public void WriteCode(ReadOnlySpan<byte> opening, ReadOnlySpan<byte> name, TextRange code)
    {
        _json.Append(opening);
        if (!code.IsEmpty)
        {
            WriteText(name, code);
        }

        _json.Append("}"u8);
    }

    /// <summary>Writes a line of copyright, unless there is none.</summary>
    public void WriteCopyright(TextRange text, ReadOnlySpan<byte> type, int start)
    {
        if (!text.IsEmpty)
        {
            _json.Separate(start);
            WriteText("{\"text\":"u8, text);
            _json.Append(",\"type\":"u8);
            _json.Append(type);
        }
    }
}
