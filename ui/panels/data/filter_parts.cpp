#include "ui/panels/data/filter_parts.h"

#include "ui/common/finding_text.h"
#include "ui/panels/data/data_table_model.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace assay {

namespace {

struct FilterWords {
    Q_DECLARE_TR_FUNCTIONS(FilterWords)
};

QString joined(const std::vector<std::string>& names) {
    QStringList list;
    for (const std::string& name : names)
        list.append(QString::fromStdString(name));
    return list.join(QStringLiteral(", "));
}

QString number(double value) {
    return QLocale().toString(value, 'g', 6);
}
QString number(std::int64_t value) {
    return QLocale().toString(qlonglong(value));
}

/// "tokens 10 – 20", "tokens ≥ 10", "tokens ≤ 20"; empty without limits.
template <class T>
QString rangeText(
    const QString& what, const std::optional<T>& least, const std::optional<T>& most) {
    if (least && most)
        return what + QLatin1Char(' ') + number(*least) + QStringLiteral(" – ") + number(*most);
    if (least)
        return what + QStringLiteral(" ≥ ") + number(*least);
    if (most)
        return what + QStringLiteral(" ≤ ") + number(*most);
    return {};
}

} // namespace

QList<FilterPart> filterParts(const SampleFilter& filter) {
    QList<FilterPart> parts;
    const auto add = [&](const QString& text, std::function<void(SampleFilter&)> remove) {
        if (!text.isEmpty())
            parts.append({text, std::move(remove)});
    };
    if (!filter.channels.empty())
        add(FilterWords::tr("channel: %1").arg(joined(filter.channels)),
            [](SampleFilter& f) { f.channels.clear(); });
    if (!filter.statuses.empty()) {
        QStringList names;
        for (const ReviewStatus status : filter.statuses)
            names.append(statusText(status));
        add(names.join(QStringLiteral(", ")), [](SampleFilter& f) { f.statuses.clear(); });
    }
    for (const std::string& name : filter.findings)
        add(findingTitle(name), [name](SampleFilter& f) { std::erase(f.findings, name); });
    if (!filter.tags.empty())
        add(FilterWords::tr("tag: %1").arg(joined(filter.tags)),
            [](SampleFilter& f) { f.tags.clear(); });
    add(rangeText(FilterWords::tr("tokens"), filter.tokensAtLeast, filter.tokensAtMost),
        [](SampleFilter& f) {
            f.tokensAtLeast.reset();
            f.tokensAtMost.reset();
        });
    add(rangeText(FilterWords::tr("characters"), filter.charsAtLeast, filter.charsAtMost),
        [](SampleFilter& f) {
            f.charsAtLeast.reset();
            f.charsAtMost.reset();
        });
    add(rangeText(FilterWords::tr("loss"), filter.lossAtLeast, filter.lossAtMost),
        [](SampleFilter& f) {
            f.lossAtLeast.reset();
            f.lossAtMost.reset();
        });
    add(rangeText(FilterWords::tr("rating"), filter.ratingAtLeast, filter.ratingAtMost),
        [](SampleFilter& f) {
            f.ratingAtLeast.reset();
            f.ratingAtMost.reset();
        });
    if (filter.edited)
        add(*filter.edited ? FilterWords::tr("edited") : FilterWords::tr("not edited"),
            [](SampleFilter& f) { f.edited.reset(); });
    if (!filter.file.empty())
        add(FilterWords::tr("file: %1")
                .arg(QFileInfo(QString::fromStdString(filter.file)).fileName()),
            [](SampleFilter& f) { f.file.clear(); });
    if (filter.importId)
        add(FilterWords::tr("import %1").arg(*filter.importId),
            [](SampleFilter& f) { f.importId.reset(); });
    if (!filter.queryText.empty())
        add(FilterWords::tr("question: %1").arg(QString::fromStdString(filter.queryText)),
            [](SampleFilter& f) { f.queryText.clear(); });
    if (!filter.answerText.empty())
        add(FilterWords::tr("answer: %1").arg(QString::fromStdString(filter.answerText)),
            [](SampleFilter& f) { f.answerText.clear(); });
    return parts;
}

QString filterWords(const SampleFilter& filter) {
    QStringList words;
    if (!filter.text.empty())
        words.append(FilterWords::tr("words “%1”").arg(QString::fromStdString(filter.text)));
    for (const FilterPart& part : filterParts(filter))
        words.append(part.text);
    return words.join(QStringLiteral(", "));
}

} // namespace assay
