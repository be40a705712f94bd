#include "ui/common/sample_view/history_view.h"

#include "ui/common/controls.h"
#include "ui/common/diff_html.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/sample_view/turn_text.h"

#include <QDateTime>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {

namespace {

void addTurnDiffs(
    QString& html, const std::vector<Message>& before, const std::vector<Message>& after) {
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
        const std::string a = i < before.size() ? countedText(before[i]) : std::string();
        const std::string b = i < after.size() ? countedText(after[i]) : std::string();
        if (a != b)
            html += diffHtml(wordDiff(QString::fromStdString(a), QString::fromStdString(b)));
    }
}

QString textValue(const Json& json, const char* key) {
    if (!json.is_object() || !json.contains(key) || !json[key].is_string())
        return {};
    return QString::fromStdString(json[key].get<std::string>());
}

} // namespace

QString decisionWords(const Event& event) {
    const Json& value = event.after;
    switch (event.kind) {
    case EventKind::Accept:
        return HistoryView::tr("accepted");
    case EventKind::Reject: {
        QStringList reasons;
        if (value.is_object() && value.contains("reasons") && value["reasons"].is_array())
            for (const Json& reason : value["reasons"])
                if (reason.is_string())
                    reasons << QString::fromStdString(reason.get<std::string>());
        return reasons.isEmpty()
            ? HistoryView::tr("rejected")
            : HistoryView::tr("rejected: %1").arg(reasons.join(QStringLiteral(", ")));
    }
    case EventKind::Edit:
        return HistoryView::tr("edited");
    case EventKind::Rating: {
        const QString name = textValue(value, "name");
        const QString number
            = QLocale().toString(value.is_object() ? value.value("value", 0.0) : 0.0, 'g', 4);
        return name.isEmpty() ? HistoryView::tr("rated %1").arg(number)
                              : HistoryView::tr("rated %1 %2").arg(name, number);
    }
    case EventKind::Span:
        return HistoryView::tr("labelled a place as %1").arg(textValue(value, "label"));
    case EventKind::Comment:
        return HistoryView::tr("said: %1").arg(textValue(value, "text"));
    case EventKind::Adjudication:
        return HistoryView::tr("adjudicated: %1").arg(textValue(value, "status"));
    case EventKind::Undo:
        return HistoryView::tr("undid a decision");
    case EventKind::Tag:
        return HistoryView::tr("tagged");
    case EventKind::Channel:
        return HistoryView::tr("moved to another channel");
    case EventKind::Preference: {
        const QString choice = textValue(value, "choice");
        if (choice == QLatin1String("tie"))
            return HistoryView::tr("called two answers equal");
        if (choice == QLatin1String("both_bad"))
            return HistoryView::tr("called both answers bad");
        return HistoryView::tr("preferred the answer: %1")
            .arg(choice == QLatin1String("a") ? textValue(value, "a") : textValue(value, "b"));
    }
    }
    return {};
}

QString sampleDiffHtml(const Sample& before, const Sample& after) {
    QString html;
    addTurnDiffs(html, before.messages, after.messages);
    const auto pair = [&](const auto& a, const auto& b) {
        if (a || b)
            addTurnDiffs(
                html, a.value_or(std::vector<Message>()), b.value_or(std::vector<Message>()));
    };
    pair(before.chosen, after.chosen);
    pair(before.rejected, after.rejected);
    const auto text
        = [&](const std::optional<std::string>& a, const std::optional<std::string>& b) {
              if (a != b)
                  html += diffHtml(wordDiff(QString::fromStdString(a.value_or(std::string())),
                      QString::fromStdString(b.value_or(std::string()))));
          };
    text(before.text, after.text);
    text(before.reference, after.reference);
    return html;
}

HistoryView::HistoryView(qint64 sample, ReviewAccess* access, QWidget* parent)
    : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(10), 0, 0, scaled(4));
    column->setSpacing(scaled(4));
    access->history(sample, this, [this](Result<std::vector<HistoryEntry>> entries) {
        m_loaded = true;
        if (entries)
            return show(*entries);
        QLabel* problem = makeLabel(errorParagraph(entries.error()), "wrong", this);
        problem->setWordWrap(true);
        layout()->addWidget(problem);
    });
}

void HistoryView::show(const std::vector<HistoryEntry>& entries) {
    m_entries = int(entries.size());
    if (entries.empty())
        layout()->addWidget(
            makeLabel(tr("Nothing was decided about this sample yet."), "secondary", this));
    for (const HistoryEntry& entry : entries) {
        const Event& event = entry.event;
        QStringList parts
            = {QLocale().toString(QDateTime::fromMSecsSinceEpoch(event.clock.milliseconds()),
                   QLocale::ShortFormat),
                QString::fromStdString(event.author), decisionWords(event)};
        if (event.bulk)
            parts << tr("in bulk, with %n sample(s)", nullptr, int(event.sampleCount));
        if (event.activeMs > 0)
            parts << tr("%1 s at work")
                         .arg(QLocale().toString(double(event.activeMs) / 1000, 'f', 1));
        if (!event.guideline.empty())
            parts << tr("guideline %1").arg(QString::fromStdString(event.guideline).left(8));
        if (!event.inEffect)
            parts << tr("undone");
        QLabel* line
            = makeLabel(parts.join(QStringLiteral(" · ")), event.inEffect ? "" : "secondary", this);
        line->setFont(secondaryFont());
        line->setWordWrap(true);
        line->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout()->addWidget(line);
        if (!entry.before || !entry.after)
            continue;
        auto* diff = new QLabel(sampleDiffHtml(*entry.before, *entry.after), this);
        diff->setTextFormat(Qt::RichText);
        diff->setFont(secondaryFont());
        diff->setWordWrap(true);
        diff->setTextInteractionFlags(Qt::TextSelectableByMouse);
        diff->setAccessibleName(tr("What the edit changed"));
        layout()->addWidget(diff);
    }
}

} // namespace assay
