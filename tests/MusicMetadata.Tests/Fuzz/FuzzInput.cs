using System.CommandLine;
using System.Text;
using MusicMetadata.Search;

namespace MusicMetadata.Tests.Fuzz;

/// <summary>Input that few would give, made at random from examples.</summary>
internal static class FuzzInput
{
    /// <summary>What headers and options may hold.</summary>
    public static readonly string[] Texts =
    [
        "192.0.2.1, 10.0.0.1", "for=\"[2001:db8::1]:80\";proto=https, for=_x", "::ffff:1.2.3.4", "10.0.0.0/8,fd00::/8,unix",
        ":8080", "[::1]:8080", "unix:/run/x.sock", "US-ABC-12-34567", "https://a.example,*", "debug", "*", "\"", "\\", "\0", "\u001b[31m",
        "é漢\ud800",
    ];

    private static readonly string[] Values =
    [
        "", "-", "--", "=", ":", "0", "1", "-1", "+1", " 1", "2147483648", "99999999999999999999", "1e3", "0x10", "١", "NaN", "true",
        "True", "false", "yes", "on", "off", "json",
        "-db", "-readers", "--help", "-h", "/?", "@file", "[diagram]", "[suggest:1]", "a b", "a=b", "\n", "/", ".", "..", "*", "unix:",
        "unix:/" + new string('x', 200), "::ffff:10.0.0.0/104", "::/0",
        "public, max-age=3600", "max-age=-1", "Forwarded", "serve", "demo", "check", "backup",
    ];

    /// <summary>Batches, good and bad.</summary>
    public static readonly string[] Bodies =
    [
        "{\"tracks\":[\"wnCK1AIfsiaubgjkCieLBF\",\"x\"],\"isrcs\":[\"a-b\",\"\"]}",
        "{\"Albums\":[\"\\ud83d\\ude00\"],\"ARTISTS\":null,\"other\":{\"a\":[1,2.5e3,true]}}",
        "{\"isrcs\":[\"\\u0000\\n\"]}", "[]", "null", "{}", "{\"tracks\":[null]}", "{\"tracks\":[],\"tracks\":[\"a\"]}",
        " \t\r\n{ \"albums\" : [ \"é\" ] } ", new('[', 100),
        "{\"tracks\":[" + string.Join(',', Enumerable.Repeat("\"x\"", 401)) + "]}",
    ];

    private static readonly string[] Strange =
    [
        "\0", " ", "  ", "%", "_", "*", "\"", "'", "\\", "\u0301", "\u0308", "\u0345", "\u200B", "\u200D", "\u202E", "\uFEFF", "\uFFFD",
        "\uFFFF", "\ud800", "\udc00", "\ud83d\ude00", "\udbff\udfff",
        "a", "A", "aa", "la ", "é", "e\u0301", "ß", "ẞ", "ﬁ", "ﬃ", "İ", "ı", "Σ", "ς", "ſ", "K", "Å", "か", "が", "か\u3099", "ｶﾞ", "ｱ", "Ａ",
        "①", "㈱", "㌔", "한", "\u1112", "\u1161", "\u11AB", "愛", "豈", "ﷺ", "𝕏", "हि", "ไท",
    ];

    /// <summary>Whole requests.</summary>
    public static readonly string[] Requests =
    [
        "GET /lookup/track/wnCK1AIfsiaubgjkCieLBF HTTP/1.1\r\nHost: t\r\nIf-None-Match: \"a\", W/\"b\"\r\nAccept-Encoding: br;q=1, "
            + "gzip\r\n\r\n",
        "GET /search/track?q=lu%20x&limit=7 HTTP/1.1\r\nHost: t\r\nX-Forwarded-For: 1.2.3.4, 5.6.7.8\r\nOrigin: https://a.example\r\n\r\n",
        "POST /batch/lookup HTTP/1.1\r\nHost: t\r\nContent-Length: "
            + "62\r\n\r\n{\"tracks\":[\"wnCK1AIfsiaubgjkCieLBF\",\"x\"],\"isrcs\":[\"a-b\",\"\"]}",
        "POST /batch/lookup HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"tra\r\n9\r\ncks\":[]}\r\n\r\n0\r\n\r\n",
        "OPTIONS /batch/lookup HTTP/1.1\r\nHost: t\r\nOrigin: null\r\nAccess-Control-Request-Method: POST\r\n\r\n",
        "GET /v1/search?q=artist:%22Lu%20x%22%20track:'a'%20year:1990-1999&type=track,album&limit=7&offset=1&market=DE "
            + "HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /v1/tracks/?ids=wnCK1AIfsiaubgjkCieLBF%2C0000000000000000000000&country=from_token HTTP/1.1\r\nHost: t\r\n\r\n",
        "POST /api/token HTTP/1.1\r\nHost: t\r\nAuthorization: Basic aWQ6c2VjcmV0\r\nContent-Length: 29\r\n\r\n"
            + "grant_type=client_credentials",
        "HEAD /lookup/isrc/QMM1I4206647 HTTP/1.0\r\nAuthorization: Bearer x\r\n\r\n",
    ];

    /// <summary>Options of a command in every form, some twice, some without a value, with values that few would give.</summary>
    public static string[] Arguments(Random random, Command command)
    {
        var arguments = new List<string>();
        for (var options = random.Next(1, 6); options > 0; options--)
        {
            var option = command.Options[random.Next(command.Options.Count)];
            string[] names = [option.Name, .. option.Aliases];
            var name = names[random.Next(names.Length)];
            var value = Value(random);
            arguments.AddRange(random.Next(7) switch
            {
                0 => [name],
                1 => [name, name],
                2 => [$"{name}={value}"],
                3 => [$"{name}:{value}"],
                4 => [name, value, name, Value(random)],
                5 => [value],
                _ => (string[])[name, value],
            });
        }

        return [.. arguments];
    }

    private static string Value(Random random)
    {
        var text = random.Next(3) == 0 ? Texts[random.Next(Texts.Length)] : Values[random.Next(Values.Length)];

        // No argument of a process can hold a zero.
        return (random.Next(3) == 0 ? Mutate(random, text) : text).Replace("\0", "", StringComparison.Ordinal);
    }

    /// <summary>A piece of a name, changed or not, repeated or not, or characters from all of Unicode.</summary>
    public static string Query(Random random, List<string> names)
    {
        string text;
        switch (random.Next(4))
        {
            case 0:
                text = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => Strange[random.Next(Strange.Length)]));
                break;
            case 1:
                text = string.Concat(
                    Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(0x110000)).Where(Rune.IsValid).Select(
                        character => new Rune(character).ToString()));
                break;
            default:
                var name = names[random.Next(names.Count)];
                var start = random.Next(name.Length + 1);
                text = name.Substring(start, Math.Min(random.Next(1, 16), name.Length - start));
                break;
        }

        text = random.Next(4) switch
        {
            0 => Mutate(random, text),
            1 => string.Concat(Enumerable.Repeat(text, random.Next(1, 30))),
            2 => text + Strange[random.Next(Strange.Length)],
            _ => text,
        };
        return text[..Math.Min(text.Length, SearchLimits.MaxTextLength)];
    }

    /// <summary>Bytes of any kind, as characters of Latin-1.</summary>
    public static string Noise(Random random)
    {
        var bytes = new byte[random.Next(1, 500)];
        random.NextBytes(bytes);
        return Encoding.Latin1.GetString(bytes);
    }

    /// <summary>A text with up to five changes.</summary>
    public static string Mutate(Random random, string text)
    {
        var mutated = new StringBuilder(text);
        for (var changes = random.Next(6); changes > 0; changes--)
        {
            var at = random.Next(mutated.Length + 1);
            switch (random.Next(5))
            {
                case 0:
                    _ = mutated.Insert(at, (char)random.Next(256));
                    break;
                case 1 when at < mutated.Length:
                    _ = mutated.Remove(at, random.Next(Math.Min(8, mutated.Length - at)) + 1);
                    break;
                case 2 when at < mutated.Length:
                    mutated[at] = (char)random.Next(256);
                    break;
                case 3:
                    _ = mutated.Insert(at, Texts[random.Next(Texts.Length)]);
                    break;
                default:
                    _ = mutated.Insert(at, new string((char)random.Next(32, 127), random.Next(200)));
                    break;
            }
        }

        return mutated.ToString();
    }
}
