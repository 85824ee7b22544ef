using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace MusicMetadata.Server.Telemetry;

/// <summary>The values of one instrument, a series for each set of labels, and their text in Prometheus's format.</summary>
internal sealed class Metric
{
    /// <summary>Labels of the framework that have one value here, or nobody asks for; leaving them out halves the series.</summary>
    private static readonly string[] LeftOut = ["network.protocol.version", "url.scheme", "network.type", "network.transport", "aspnetcore.request.is_unhandled"];

    private readonly Instrument _instrument;
    private readonly string _type;
    private readonly double[]? _boundaries;
    private readonly ConcurrentDictionary<int, Series> _series = new();

    /// <summary>Begins without a value.</summary>
    /// <param name="instrument">Gives name, unit and help.</param>
    /// <param name="boundaries">Upper bounds of a histogram's buckets; null for every other kind.</param>
    public Metric(Instrument instrument, double[]? boundaries)
    {
        _instrument = instrument;
        _boundaries = boundaries;
        var kind = instrument.GetType().GetGenericTypeDefinition();
        _type = boundaries is not null ? "histogram"
            : kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>) ? "counter"
            : "gauge";
        Name = PrometheusName(instrument.Name, instrument.Unit, isCounter: _type == "counter");
    }

    /// <summary>Its name in Prometheus, such as <c>http_server_request_duration_seconds</c>.</summary>
    public string Name { get; }

    /// <summary>Takes in a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(tags);
        if (_boundaries is not null)
        {
            series.Observe(value, _boundaries);
        }
        else if (_instrument.IsObservable)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    /// <summary>Writes all series.</summary>
    public void Write(StringBuilder text)
    {
        if (_series.IsEmpty)
        {
            return;
        }

        _ = text.Append("# HELP ").Append(Name).Append(' ').Append(Escape(_instrument.Description ?? Name)).Append("\n# TYPE ").Append(Name).Append(' ').Append(_type).Append('\n');
        foreach (var first in _series.Values)
        {
            for (var series = first; series is not null; series = series.Next)
            {
                Write(text, series);
            }
        }
    }

    private void Write(StringBuilder text, Series series)
    {
        if (_boundaries is null)
        {
            Line(text, "", series.Labels, "", series.Value);
            return;
        }

        var count = 0L;
        for (var i = 0; i < _boundaries.Length; i++)
        {
            count += series.Bucket(i);
            Line(text, "_bucket", series.Labels, _boundaries[i].ToString(CultureInfo.InvariantCulture), count);
        }

        count += series.Bucket(_boundaries.Length);
        Line(text, "_bucket", series.Labels, "+Inf", count);
        Line(text, "_sum", series.Labels, "", series.Value);
        Line(text, "_count", series.Labels, "", count);
    }

    private void Line(StringBuilder text, string suffix, string labels, string bound, double value)
    {
        _ = text.Append(Name).Append(suffix);
        if (labels.Length > 0 || bound.Length > 0)
        {
            _ = text.Append('{').Append(labels);
            if (bound.Length > 0)
            {
                _ = text.Append(labels.Length > 0 ? "," : "").Append("le=\"").Append(bound).Append('"');
            }

            _ = text.Append('}');
        }

        _ = text.Append(' ').Append(CultureInfo.InvariantCulture, $"{value}").Append('\n');
    }

    private Series Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = 0;
        foreach (var (name, value) in tags)
        {
            // The names of an instrument's tags hardly ever differ.
            if (!LeftOut.Contains(name))
            {
                hash = (hash * 31) + Hash(value);
            }
        }

        if (_series.TryGetValue(hash, out var series))
        {
            for (var one = series; one is not null; one = one.Next)
            {
                if (one.Has(tags))
                {
                    return one;
                }
            }
        }

        lock (_series)
        {
            var kept = new List<KeyValuePair<string, object?>>();
            foreach (var tag in tags)
            {
                if (!LeftOut.Contains(tag.Key))
                {
                    kept.Add(tag);
                }
            }

            _ = _series.TryGetValue(hash, out series);
            for (var one = series; one is not null; one = one.Next)
            {
                if (one.Has(tags))
                {
                    return one;
                }
            }

            return _series[hash] = new Series([.. kept], _boundaries?.Length ?? 0, series);
        }
    }

    /// <summary>Of three characters of a text: this runs several times a request, and there are a few dozen texts in all.</summary>
    private static int Hash(object? value) => value switch
    {
        string { Length: > 0 } text => (text.Length << 16) ^ (text[text.Length / 2] << 8) ^ text[^1],
        null => 0,
        _ => value.GetHashCode(),
    };

    /// <summary>OpenTelemetry's rules: dots become underscores, the unit and <c>total</c> are part of the name.</summary>
    private static string PrometheusName(string name, string? unit, bool isCounter)
    {
        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return name.Replace('.', '_') + suffix + (isCounter ? "_total" : "");
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\"", "\\\"");

    /// <summary>The value of one set of labels. Threads add to it without a lock.</summary>
    private sealed class Series(KeyValuePair<string, object?>[] tags, int boundaries, Series? next)
    {
        private readonly long[] _buckets = new long[boundaries + 1];
        private double _value;

        public Series? Next { get; } = next;

        public string Labels { get; } = string.Join(',', tags.Select(tag =>
            $"{tag.Key.Replace('.', '_')}=\"{Escape(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "")}\""));

        public double Value => Volatile.Read(ref _value);

        public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> others)
        {
            var i = 0;
            foreach (var other in others)
            {
                if (LeftOut.Contains(other.Key))
                {
                    continue;
                }

                if (i == tags.Length || tags[i].Key != other.Key || !Equals(tags[i].Value, other.Value))
                {
                    return false;
                }

                i++;
            }

            return i == tags.Length;
        }

        public long Bucket(int i) => Volatile.Read(ref _buckets[i]);

        public void Set(double value) => Volatile.Write(ref _value, value);

        public void Add(double value)
        {
            double before;
            do
            {
                before = Volatile.Read(ref _value);
            }
            while (Interlocked.CompareExchange(ref _value, before + value, before) != before);
        }

        public void Observe(double value, double[] bounds)
        {
            var bucket = 0;
            while (bucket < bounds.Length && value > bounds[bucket])
            {
                bucket++;
            }

            _ = Interlocked.Increment(ref _buckets[bucket]);
            Add(value);
        }
    }
}
