#include "ui/panels/inspect/inspect_export.h"

#include "core/analysis/report_html.h"
#include "core/base/hash.h"
#include "core/base/utf8.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(InspectExport)
};

Json finite(double value) {
    return std::isfinite(value) ? Json(value) : Json();
}

void addArrays(Json& out, const ScoreRecord& record) {
    for (const char* key : {"logprob", "rank", "entropy", "varentropy", "margin", "top"})
        out[key] = Json::array();
    for (const ScoreRecord::Token& token : record.tokens) {
        const bool scored = token.scored;
        out["logprob"].push_back(scored ? finite(token.logprob) : Json());
        out["rank"].push_back(scored ? Json(token.rank) : Json());
        out["entropy"].push_back(scored ? finite(token.entropy) : Json());
        out["varentropy"].push_back(scored ? finite(token.varentropy) : Json());
        out["margin"].push_back(scored ? finite(token.margin) : Json());
        Json top = Json::array();
        for (const auto& [id, logprob] : token.top)
            top.push_back(Json::array({id, finite(logprob)}));
        out["top"].push_back(scored ? std::move(top) : Json());
    }
}

const char* flagName(StripFlag::Kind kind) {
    switch (kind) {
    case StripFlag::Kind::Onset:
        return "onset";
    case StripFlag::Kind::Departure:
        return "departure";
    case StripFlag::Kind::Divergence:
        return "divergence";
    case StripFlag::Kind::Suspect:
        return "suspect";
    case StripFlag::Kind::Forced:
        return "forced";
    }
    return "";
}

QString csvCell(const QString& text) {
    QString quoted = text;
    quoted.replace(QLatin1Char('"'), QStringLiteral("\"\""));
    return QLatin1Char('"') + quoted + QLatin1Char('"');
}

QString shownToken(const ScoreRecord::Token& token) {
    return token.bytes.empty() ? QString::fromStdString(token.piece)
                               : quotedPiece(QByteArray::fromStdString(token.bytes));
}

QString number(double value, int decimals = 4) {
    return std::isfinite(value) ? QString::number(value, 'f', decimals) : QString();
}

QString html(const QString& text) {
    return QString::fromStdString(htmlText(text.toStdString()));
}

} // namespace

std::vector<std::pair<QString, QString>> provenanceLines(const Json& provenance) {
    std::vector<std::pair<QString, QString>> lines;
    if (!provenance.is_object())
        return lines;
    const auto add = [&](const QString& label, const Json& value) {
        if (value.is_null())
            return;
        lines.emplace_back(label,
            QString::fromStdString(value.is_string() ? value.get<std::string>() : dumpJson(value)));
    };
    const Json model = provenance.value("model", Json());
    if (model.is_object()) {
        add(Words::tr("model"), model.value("path", Json()));
        add(Words::tr("model hash"), model.value("hash", Json()));
        add(Words::tr("tokenizer hash"), model.value("tokenizer_hash", Json()));
    }
    const Json chat = provenance.value("template", Json());
    if (chat.is_object()) {
        add(Words::tr("template"), chat.value("name", Json()));
        add(Words::tr("template hash"), chat.value("hash", Json()));
    }
    add(Words::tr("dtype"), provenance.value("dtype", Json()));
    add(Words::tr("device"), provenance.value("device", Json()));
    add(Words::tr("batch"), provenance.value("batch", Json()));
    add(Words::tr("temperature"), provenance.value("temperature", Json()));
    add(Words::tr("seed"), provenance.value("seed", Json()));
    add(Words::tr("sampling"), provenance.value("sampling", Json()));
    add(Words::tr("program"), provenance.value("program", Json()));
    return lines;
}

Json scoresToJson(const InspectedScores& scores) {
    const ScoreRecord& record = *scores.record;
    Json out
        = {{"title", scores.title.toStdString()}, {"model_name", scores.modelName.toStdString()}};
    std::string text;
    Json ids = Json::array();
    Json pieces = Json::array();
    Json hex = Json::array();
    Json offsets = Json::array();
    Json answer = Json::array();
    for (const ScoreRecord::Token& token : record.tokens) {
        ids.push_back(token.id);
        pieces.push_back(toValidUtf8(token.piece));
        hex.push_back(isValidUtf8(token.bytes) ? Json() : Json(toHex(token.bytes)));
        offsets.push_back({text.size(), text.size() + token.bytes.size()});
        answer.push_back(token.answer);
        text += token.bytes;
    }
    out["text"] = toValidUtf8(text);
    out["ids"] = std::move(ids);
    out["pieces"] = std::move(pieces);
    out["byte_offsets"] = std::move(offsets);
    out["bytes_hex"] = std::move(hex);
    out["answer"] = std::move(answer);
    addArrays(out, record);
    out["count"] = record.tokens.size();
    out["scored"] = record.scored;
    out["flags"] = Json::array();
    for (const StripFlag& flag : scores.flags)
        out["flags"].push_back({{"token", flag.token}, {"kind", flagName(flag.kind)},
            {"label", flag.label.toStdString()}});
    out["branch"] = scores.branch;
    out["provenance"] = record.provenance;
    if (scores.other) {
        Json other = {{"model_name", scores.otherName.toStdString()}};
        addArrays(other, *scores.other);
        other["provenance"] = scores.other->provenance;
        out["other"] = std::move(other);
    }
    return out;
}

QString scoresToCsv(const InspectedScores& scores) {
    QString out;
    for (const auto& [label, value] : provenanceLines(scores.record->provenance))
        out += QStringLiteral("# %1: %2\n").arg(label, value);
    out += QStringLiteral("token,id,text,message,answer,surprisal,logprob,rank,entropy,varentropy,"
                          "margin,other_logprob,other_rank,flags\n");
    for (std::size_t i = 0; i < scores.record->tokens.size(); ++i) {
        const ScoreRecord::Token& token = scores.record->tokens[i];
        QStringList cells
            = {QString::number(i + 1), QString::number(token.id), csvCell(shownToken(token)),
                token.message < 0 ? QString() : QString::number(token.message + 1),
                token.answer ? QStringLiteral("1") : QStringLiteral("0")};
        const auto value = [&](const ScoreRecord::Token& from, double what) {
            cells.append(from.scored ? number(what, 6) : QString());
        };
        value(token, -token.logprob);
        value(token, token.logprob);
        cells.append(token.scored ? QString::number(token.rank) : QString());
        value(token, token.entropy);
        value(token, token.varentropy);
        value(token, token.margin);
        if (scores.other) {
            const ScoreRecord::Token& other = scores.other->tokens[i];
            value(other, other.logprob);
            cells.append(other.scored ? QString::number(other.rank) : QString());
        } else {
            cells.append({QString(), QString()});
        }
        QStringList flags;
        for (const StripFlag& flag : scores.flags)
            if (flag.token == int(i))
                flags.append(QString::fromLatin1(flagName(flag.kind)));
        cells.append(flags.join(QLatin1Char(' ')));
        out += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return out;
}

QString scoresToHtml(const InspectedScores& scores) {
    const ScoreRecord& record = *scores.record;
    QString out = QStringLiteral(
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>%1</title><style>\n"
        "body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
        "color:#1E2227;background:#fff}\n"
        "@media(prefers-color-scheme:dark){body{color:#E4E7EB;background:#1B1E24}"
        "td,th{border-color:#2B3038!important}}\n"
        ".t{font:14px/2 monospace;white-space:pre-wrap;overflow-wrap:anywhere}\n"
        ".t span{border-radius:3px}\n"
        ".onset{outline:2px solid #A8327E}.divergence{border-left:2px solid #A8327E}\n"
        ".departure{text-decoration:underline wavy #A8327E}.suspect{border-top:2px solid #B7791F}\n"
        ".forced{border-bottom:2px dashed #3B5BDB}.cut{opacity:.5}\n"
        "table{border-collapse:collapse}td,th{border-bottom:1px solid #E2E2DC;padding:.2rem .6rem;"
        "text-align:left;font-weight:normal}td.n{text-align:right;font-family:monospace}\n"
        "</style></head><body>\n")
                      .arg(html(scores.title));
    out += QStringLiteral("<h1>%1</h1>\n<p>%2</p>\n<p class=\"t\">")
               .arg(html(scores.title),
                   html(Words::tr("Every token is filled by its surprisal under %1, 0 to 10 nats; "
                                  "a hover shows its numbers.")
                            .arg(scores.modelName)));
    // Bytes that only together make a character are put together.
    for (std::size_t i = 0; i < record.tokens.size();) {
        std::string bytes = record.tokens[i].bytes;
        double surprisal = record.tokens[i].scored ? -record.tokens[i].logprob : 0;
        std::size_t end = i + 1;
        while (!isValidUtf8(bytes) && end < record.tokens.size() && end < i + 4) {
            surprisal = std::max(
                surprisal, record.tokens[end].scored ? -record.tokens[end].logprob : 0.0);
            bytes += record.tokens[end++].bytes;
        }
        const ScoreRecord::Token& token = record.tokens[i];
        if (bytes.empty() || token.frame) {
            if (token.message >= 0 && i > 0 && record.tokens[i - 1].message != token.message)
                out += QLatin1Char('\n');
            if (token.frame) {
                ++i;
                continue;
            }
        }
        QStringList classes;
        QString title = Words::tr("token %1, id %2").arg(i + 1).arg(token.id);
        if (token.scored)
            title += Words::tr(": p %1, log p %2, rank %3, entropy %4")
                         .arg(number(std::exp(token.logprob)), number(token.logprob),
                             QString::number(token.rank), number(token.entropy));
        for (const StripFlag& flag : scores.flags)
            if (flag.token >= int(i) && flag.token < int(end)) {
                classes.append(QString::fromLatin1(flagName(flag.kind)));
                title += QStringLiteral(" · ") + flag.label;
            }
        if (record.scored > 0 && i >= record.scored)
            classes.append(QStringLiteral("cut"));
        const double alpha = 0.62 * std::clamp(surprisal / 10, 0.0, 1.0);
        out += QStringLiteral(
            "<span%1 style=\"background:rgba(90,42,134,%2)\" title=\"%3\">%4</span>")
                   .arg(classes.isEmpty()
                           ? QString()
                           : QStringLiteral(" class=\"%1\"").arg(classes.join(QLatin1Char(' '))),
                       number(alpha, 3), html(title),
                       html(bytes.empty()
                               ? QString::fromStdString(token.piece)
                               : QString::fromUtf8(bytes.data(), qsizetype(bytes.size()))));
        i = end;
    }
    out += QStringLiteral("</p>\n");
    if (!scores.flags.empty()) {
        out += QStringLiteral("<h2>%1</h2><table>").arg(html(Words::tr("Marks")));
        for (const StripFlag& flag : scores.flags)
            out += QStringLiteral("<tr><td class=\"n\">%1</td><td>%2</td><td>%3</td></tr>\n")
                       .arg(QString::number(flag.token + 1),
                           html(shownToken(record.tokens[std::size_t(flag.token)])),
                           html(flag.label));
        out += QStringLiteral("</table>\n");
    }
    const auto provenance = [&](const QString& title, const Json& of) {
        out += QStringLiteral("<h2>%1</h2><table>").arg(html(title));
        for (const auto& [label, value] : provenanceLines(of))
            out += QStringLiteral("<tr><td>%1</td><td>%2</td></tr>\n")
                       .arg(html(label), html(value));
        out += QStringLiteral("</table>\n");
    };
    provenance(scores.modelName, record.provenance);
    if (scores.other)
        provenance(scores.otherName, scores.other->provenance);
    return out + QStringLiteral("</body></html>\n");
}

} // namespace assay
