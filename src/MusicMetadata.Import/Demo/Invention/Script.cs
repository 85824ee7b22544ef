namespace MusicMetadata.Import.Demo.Invention;

/// <summary>What invented words of one script are made of.</summary>
/// <param name="PerThousand">How many of a thousand releases have names in this script.</param>
/// <param name="Separator">What stands between words; empty where a script has no spaces.</param>
/// <param name="Octaves">The vocabulary has 2^octaves - 1 words.</param>
/// <param name="MaxSyllables">The most syllables of an invented word.</param>
/// <param name="Common">Ordinary words, most common first; the rest of the vocabulary is made of syllables.</param>
/// <param name="Syllables">The syllables, or characters, that words are made of.</param>
internal sealed record Script(int PerThousand, string Separator, int Octaves, int MaxSyllables, string Common, string Syllables)
{
    /// <summary>The scripts of the catalog, most used first.</summary>
    public static readonly Script[] All =
    [
        new(
            740, " ", 16, 4,
            "the love you of my a in me to night and heart time no on de for blue one la day sun dance rain world light life dream fire song moon home summer girl baby river road sky sweet star city wild gold soul way black man winter little ocean never white story",
            "ba be bo ra re ri ro la le li lo na ne ni no ma me mi mo ta te ti to ka ki ko sa se so va ve vi da de di do fa fi ga go ha hu ja jo pa pi po wa wen yu zen lor mar tel nor ven sul bri cha dra gro ster ling é è ö ü á í ñe ça ã ø å lé mö nü tá vó šu či ží ğa ře"),
        new(
            60, " ", 13, 4,
            "любовь ночь я ты мой город день небо дождь весна",
            "ба ва га да жи за ки ла мо на по ра си та у фе хо че ша лю мя ре ло ни ве ст ров ный"),
        new(
            40, "", 13, 3,
            "愛 夜 夢 の 恋 空 花 君 と 東京 ラブ さくら",
            "あ い う え お か き く さ し た な に の は ま み も や ゆ ら り る わ ん ア イ カ キ サ シ タ ト ナ ハ マ メ ラ リ ル ン 風 雨 星 月 海 山 雪 光 音 春 夏 秋 冬 心 道 色"),
        new(
            40, "", 13, 3,
            "爱 我 你 的 夜 月亮 梦 心 天空 时间",
            "一 人 上 下 中 山 水 火 风 雨 雪 云 海 江 花 草 春 夏 秋 冬 红 白 青 金 歌 声 光 影 远 近 新 旧 東 西 南 北 情 路 家 星"),
        new(
            40, " ", 13, 3,
            "사랑 너 나 밤 하늘 꿈 시간 봄 비 노래",
            "가 나 다 라 마 바 사 아 자 하 고 노 도 로 모 보 소 오 조 호 기 니 디 리 미 비 시 이 지 히 강 산 별 달 빛 길 물 꽃"),
        new(
            25, " ", 12, 4,
            "αγάπη νύχτα εσύ μου ουρανός θάλασσα",
            "α βα γα δε ζω ή θε ι κα λα μα νά ξε ο πα ρι σο τα υ φι χα ψυ ω μέ νη ρος της"),
        new(
            20, " ", 12, 4,
            "حب ليل قلب يا أنت حبيبي",
            "با تا ثا جا حا خا دا را زا سا شا صا طا عا فا قا كا لا ما نا ها وا يا ري مي نو لو"),
        new(
            15, " ", 12, 4,
            "אהבה לילה שלי לב את",
            "בא גל דר הו זה חי טו יא כל לב מה נו סי עד פה צא קו רון שי תה"),
        new(
            15, "", 12, 3,
            "รัก ใจ คืน เธอ ฝัน",
            "กา ขา คำ งา จา ชา ดา ตา นา บา ปา พา มา ยา รา ลา วา สา หา ใจ ไม่ เรา ฟ้า น้ำ"),
        new(
            5, " ", 6, 2,
            "🎵 ❤️ 🔥",
            "🌊 🌙 ⭐ 🎸 🎹 🥁 🎻 🌈 🌹 👩‍🎤 🏳️‍🌈 🇫🇷 ✨ 🐝 🍀"),
    ];
}
