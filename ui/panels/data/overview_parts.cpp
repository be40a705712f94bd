// The parts of the overview page, each made of what a check found.
#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/panels/data/finding_text.h"
#include "ui/panels/data/overview_page.h"
#include "ui/panels/data/share_bar.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {

namespace {

constexpr std::size_t mostChannels = 60;

QString count(qint64 value) {
    return QLocale().toString(value);
}

SampleFilter findingFilter(const std::string& name) {
    SampleFilter filter;
    filter.findings = {name};
    return filter;
}

std::int64_t countOf(const OverviewPart& part, const std::string& name) {
    const auto found = part.findings.find(name);
    return found != part.findings.end() ? found->second : 0;
}

QLabel* wrapped(QLabel* label) {
    label->setWordWrap(true);
    return label;
}

QWidget* section(const QString& title, QLayout* content) {
    auto* widget = new QWidget;
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(8));
    column->addWidget(makeTitle(title));
    column->addLayout(content);
    return widget;
}

QString levelText(CheckLevel level) {
    switch (level) {
    case CheckLevel::Error:
        return OverviewPage::tr("error");
    case CheckLevel::Warning:
        return OverviewPage::tr("warning");
    case CheckLevel::Info:
        break;
    }
    return OverviewPage::tr("note");
}

Tone toneOf(CheckLevel level) {
    return level == CheckLevel::Error  ? Tone::Wrong
        : level == CheckLevel::Warning ? Tone::Caution
                                       : Tone::Plain;
}

} // namespace

QWidget* OverviewPage::makeTile(QPushButton* number, const QString& title, const QString& rule) {
    auto* tile = new QFrame;
    setLook(tile, "sunken");
    auto* column = new QVBoxLayout(tile);
    column->setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10));
    column->setSpacing(scaled(3));
    QFont font = monoFont();
    font.setPixelSize(font.pixelSize() * 3 / 2);
    number->setFont(font);
    number->setAccessibleName(title + QLatin1Char(' ') + number->text());
    column->addWidget(number, 0, Qt::AlignLeft);
    column->addWidget(makeLabel(title));
    column->addWidget(wrapped(makeLabel(rule, "secondary")));
    column->addStretch(1);
    return tile;
}

QWidget* OverviewPage::makeTiles(const Overview& overview) {
    auto* widget = new QWidget;
    auto* grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(scaled(10));
    const OverviewPart& all = overview.all;
    const QString unit = overview.estimated ? tr("tokens, estimated") : tr("tokens");
    const QString how = overview.estimated
        ? tr("one for 4 characters, two for 3 Chinese, Japanese or Korean ones; choose a model to "
             "count")
        : tr("counted with %1 and its template").arg(QString::fromStdString(overview.tokenizer));
    // Estimated tokens cannot be filtered by: the rows at that length in characters can.
    const auto atLeast = [&](std::int64_t tokens, std::int64_t characters) {
        SampleFilter filter;
        if (overview.estimated)
            filter.charsAtLeast = characters;
        else
            filter.tokensAtLeast = tokens;
        return filter;
    };
    const SampleOrder longest = overview.estimated ? SampleOrder::Longest : SampleOrder::MostTokens;
    const QString about = overview.estimated ? QStringLiteral("≈ ") : QString();
    int place = 0;
    const auto add = [&](QPushButton* number, const QString& title, const QString& rule) {
        grid->addWidget(makeTile(number, title, rule), place / 4, place % 4);
        ++place;
    };
    add(makeLink(QStringLiteral("rows"), count(all.rows), {}), tr("samples"),
        tr("%1 answers, %2 trained %3")
            .arg(count(all.turns), about + count(all.trainedTokens), tr("tokens")));
    add(makeLink(QStringLiteral("p50"), about + count(all.tokens.median),
            atLeast(all.tokens.median, all.characters.median), longest),
        tr("median length (p50)"),
        tr("%1: %2. %3 characters").arg(unit, how, count(all.characters.median)));
    add(makeLink(QStringLiteral("p95"), about + count(all.tokens.p95),
            atLeast(all.tokens.p95, all.characters.p95), longest),
        tr("p95"),
        tr("95 % of the rows are not longer. %1 characters").arg(count(all.characters.p95)));
    add(makeLink(QStringLiteral("p99"), about + count(all.tokens.p99),
            atLeast(all.tokens.p99, all.characters.p99), longest),
        tr("p99"),
        tr("the longest has %1 tokens. %2 characters")
            .arg(about + count(all.tokens.largest), count(all.characters.p99)));
    const auto finding = [&](const char* name, SampleOrder order, const QString& more) {
        add(makeLink(
                QString::fromLatin1(name), count(countOf(all, name)), findingFilter(name), order),
            findingTitle(name), more.isEmpty() ? findingRule(name) : more);
    };
    finding("answer-cut", longest,
        tr("%1 (%2 tokens)").arg(findingRule("answer-cut"), count(overview.maxLength)));
    finding("duplicate-exact", SampleOrder::Group,
        tr("%1 groups, %2 rows more than needed: %3")
            .arg(count(overview.duplicateGroups), count(overview.surplusRows),
                findingRule("duplicate-exact")));
    finding("conflict", SampleOrder::Group,
        tr("%1 questions: %2").arg(count(overview.conflictGroups), findingRule("conflict")));
    std::int64_t structure = 0;
    SampleFilter broken;
    for (const CheckInfo& check : checkList())
        if (check.group == CheckGroup::Structure && countOf(all, check.name) > 0) {
            broken.findings.emplace_back(check.name);
            structure += countOf(all, check.name);
        }
    QPushButton* link = makeLink(QStringLiteral("structure"), count(structure), broken);
    link->setEnabled(structure > 0);
    add(link, tr("role and tool-call errors"),
        tr("findings of all rules about roles, empty turns, tool calls and pairs, listed below"));
    for (int column = 0; column < 4; ++column)
        grid->setColumnStretch(column, 1);
    return widget;
}

QWidget* OverviewPage::makeFindings(const Overview& overview) {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(scaled(12));
    grid->setVerticalSpacing(scaled(8));
    int row = 0;
    QStringList clean;
    for (const CheckInfo& check : checkList()) {
        const std::int64_t number = countOf(overview.all, check.name);
        if (number == 0) {
            clean.append(findingTitle(check.name));
            continue;
        }
        const SampleOrder order
            = check.group == CheckGroup::Duplicates ? SampleOrder::Group : SampleOrder::Imported;
        QPushButton* link = makeLink(QStringLiteral("finding:") + QLatin1String(check.name),
            count(number), findingFilter(check.name), order);
        link->setAccessibleName(findingTitle(check.name) + QLatin1Char(' ') + count(number));
        grid->addWidget(link, row, 0, Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(
            new ShareBar(double(number) / double(std::max<qint64>(1, overview.all.rows))), row, 1,
            Qt::AlignVCenter);
        grid->addWidget(
            new Chip(levelText(check.level), toneOf(check.level)), row, 2, Qt::AlignVCenter);
        auto* words = new QVBoxLayout;
        words->setSpacing(scaled(1));
        words->addWidget(makeLabel(findingTitle(check.name)));
        words->addWidget(wrapped(makeLabel(findingRule(check.name), "secondary")));
        grid->addLayout(words, row, 3);
        ++row;
    }
    if (!clean.isEmpty()) {
        grid->addWidget(makeNumber(QStringLiteral("0")), row, 0, Qt::AlignRight | Qt::AlignTop);
        grid->addWidget(
            wrapped(makeLabel(
                tr("Nothing of: %1.").arg(clean.join(QStringLiteral(" · "))), "secondary")),
            row, 2, 1, 2);
    }
    grid->setColumnStretch(3, 1);
    return section(tr("Findings"), grid);
}

QWidget* OverviewPage::makeLanguages(const Overview& overview) {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(scaled(12));
    grid->setVerticalSpacing(scaled(4));
    std::vector<std::pair<std::string, std::int64_t>> sorted(
        overview.all.languages.begin(), overview.all.languages.end());
    std::ranges::stable_sort(
        sorted, std::ranges::greater(), &std::pair<std::string, std::int64_t>::second);
    int row = 0;
    for (const auto& [language, number] : sorted) {
        const QString name = languageName(QString::fromStdString(language));
        QPushButton* link = makeLink(QStringLiteral("language:") + QString::fromStdString(language),
            count(number), findingFilter(std::string(languagePrefix) + language));
        link->setAccessibleName(name + QLatin1Char(' ') + count(number));
        grid->addWidget(link, row, 0, Qt::AlignRight);
        grid->addWidget(
            new ShareBar(double(number) / double(std::max<qint64>(1, overview.all.rows))), row, 1);
        grid->addWidget(makeLabel(name), row, 2);
        ++row;
    }
    grid->addWidget(wrapped(makeLabel(tr("by script, and by function words of English, German, "
                                         "French, Spanish, Italian, Portuguese and Dutch; short "
                                         "texts are not told"),
                        "secondary")),
        row, 2);
    grid->setColumnStretch(2, 1);
    return section(tr("Languages"), grid);
}

QWidget* OverviewPage::makeChannels(const Overview& overview) {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(scaled(20));
    grid->setVerticalSpacing(scaled(4));
    const QString about = overview.estimated ? QStringLiteral("≈ ") : QString();
    const QStringList heads = {tr("channel"), tr("samples"), tr("answers"), tr("tokens p50"),
        tr("p95"), tr("p99"), tr("cut"), tr("duplicates"), tr("conflicts"), tr("errors")};
    for (int i = 0; i < heads.size(); ++i)
        grid->addWidget(
            makeLabel(heads[i], "column"), 0, i, i == 0 ? Qt::AlignLeft : Qt::AlignRight);
    int row = 1;
    for (const OverviewPart& part : overview.channels) {
        if (row > int(mostChannels)) {
            grid->addWidget(makeLabel(tr("and %n smaller channel(s)", nullptr,
                                          int(overview.channels.size()) - row + 1),
                                "secondary"),
                row, 0);
            break;
        }
        SampleFilter filter;
        filter.channels = {part.channel};
        const QString name = QString::fromStdString(part.channel);
        auto* label = makeLabel(name);
        label->setToolTip(name);
        grid->addWidget(label, row, 0);
        QPushButton* rows = makeLink(QStringLiteral("channel:") + name, count(part.rows), filter);
        rows->setAccessibleName(name + QLatin1Char(' ') + count(part.rows));
        grid->addWidget(rows, row, 1, Qt::AlignRight);
        grid->addWidget(makeNumber(count(part.turns)), row, 2, Qt::AlignRight);
        const std::pair<std::int64_t, int> lengths[]
            = {{part.tokens.median, 3}, {part.tokens.p95, 4}, {part.tokens.p99, 5}};
        for (const auto& [length, column] : lengths)
            grid->addWidget(makeNumber(about + count(length)), row, column, Qt::AlignRight);
        int column = 6;
        for (const char* check : {"answer-cut", "duplicate-exact", "conflict"}) {
            SampleFilter both = findingFilter(check);
            both.channels = filter.channels;
            const std::int64_t number = countOf(part, check);
            const QString id
                = QStringLiteral("channel:") + name + QLatin1Char(':') + QLatin1String(check);
            if (number == 0) {
                grid->addWidget(makeNumber(QStringLiteral("–")), row, column++, Qt::AlignRight);
                continue;
            }
            QPushButton* link = makeLink(id, count(number), both, SampleOrder::Group);
            link->setAccessibleName(
                name + QLatin1Char(' ') + findingTitle(check) + QLatin1Char(' ') + count(number));
            grid->addWidget(link, row, column++, Qt::AlignRight);
        }
        SampleFilter errors = filter;
        std::int64_t broken = 0;
        for (const CheckInfo& check : checkList())
            if (check.level == CheckLevel::Error && std::string_view(check.name) != "answer-cut"
                && countOf(part, check.name) > 0) {
                errors.findings.emplace_back(check.name);
                broken += countOf(part, check.name);
            }
        if (broken > 0) {
            QPushButton* link
                = makeLink(QStringLiteral("channel:%1:errors").arg(name), count(broken), errors);
            link->setAccessibleName(tr("%1: %2 errors").arg(name, count(broken)));
            grid->addWidget(link, row, column, Qt::AlignRight);
        } else {
            grid->addWidget(makeNumber(QStringLiteral("–")), row, column, Qt::AlignRight);
        }
        ++row;
    }
    grid->setColumnStretch(int(heads.size()), 1);
    return section(tr("Channels"), grid);
}

} // namespace assay
