#include "ui/panels/data/filter_bar.h"

#include "core/quality/check_list.h"
#include "ui/common/controls.h"
#include "ui/common/finding_text.h"
#include "ui/common/flow_layout.h"
#include "ui/common/fonts.h"
#include "ui/panels/data/data_table_model.h"
#include "ui/panels/data/filter_parts.h"
#include "ui/panels/data/names_dialog.h"
#include "ui/panels/data/range_dialog.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace assay {

namespace {

constexpr int typingPauseMs = 180;
/// More names than this do not fit into a menu; the others stand in a dialog with a search.
constexpr std::size_t mostNames = 40;

std::optional<std::int64_t> whole(std::optional<double> value) {
    return value ? std::optional<std::int64_t>(std::int64_t(*value)) : std::nullopt;
}
std::optional<double> real(std::optional<std::int64_t> value) {
    return value ? std::optional<double>(double(*value)) : std::nullopt;
}

} // namespace

FilterBar::FilterBar(SelectionContext* selection, DataAccess* access, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_access(access)
    , m_typing(new QTimer(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(10), scaled(8), scaled(10), scaled(8));
    column->setSpacing(scaled(6));
    auto* row = new QHBoxLayout;
    row->setSpacing(scaled(8));
    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search question and answer"));
    m_search->setAccessibleName(tr("Search samples"));
    m_search->setToolTip(tr("All words must occur; \"two words\" in this order, word* a beginning, "
                            "-word absent"));
    m_search->setClearButtonEnabled(true);
    row->addWidget(m_search, 1);
    row->addWidget(makeKeyCap(QStringLiteral("Ctrl F")), 0, Qt::AlignVCenter);
    m_add = makeButton(tr("Add filter"));
    setLook(m_add, "picker");
    m_filterMenu = new QMenu(this);
    m_add->setMenu(m_filterMenu);
    row->addWidget(m_add);
    m_views = makeButton(tr("Views"));
    setLook(m_views, "picker");
    m_viewMenu = new QMenu(this);
    m_views->setMenu(m_viewMenu);
    row->addWidget(m_views);
    column->addLayout(row);
    m_chipArea = new QWidget;
    m_chipRow = new FlowLayout(scaled(6), m_chipArea);
    column->addWidget(m_chipArea);

    m_typing->setSingleShot(true);
    m_typing->setInterval(typingPauseMs);
    connect(m_typing, &QTimer::timeout, this, &FilterBar::typed);
    connect(m_search, &QLineEdit::textEdited, m_typing, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty()) // also by the clear button
            typed();
    });
    connect(m_filterMenu, &QMenu::aboutToShow, this, &FilterBar::buildFilterMenu);
    connect(m_viewMenu, &QMenu::aboutToShow, this, &FilterBar::buildViewMenu);
    connect(m_selection, &SelectionContext::filterChanged, this, &FilterBar::followFilter);
    followFilter();
}

QStringList FilterBar::chips() const {
    QStringList texts;
    for (const QPushButton* chip : m_chips)
        texts.append(chip->accessibleName());
    return texts;
}

void FilterBar::change(const std::function<void(SampleFilter&)>& edit) {
    SampleFilter filter = m_selection->filter();
    edit(filter);
    m_selection->setFilter(filter);
}

void FilterBar::typed() {
    m_typing->stop();
    change(
        [this](SampleFilter& filter) { filter.text = m_search->text().trimmed().toStdString(); });
}

void FilterBar::followFilter() {
    const SampleFilter& filter = m_selection->filter();
    const QString words = QString::fromStdString(filter.text);
    if (m_search->text().trimmed() != words)
        m_search->setText(words);
    for (QPushButton* chip : std::as_const(m_chips)) {
        m_chipRow->removeWidget(chip);
        chip->hide();
        chip->deleteLater();
    }
    m_chips.clear();
    for (const FilterPart& part : filterParts(filter)) {
        auto* chip
            = new QPushButton(fontMetrics().elidedText(part.text, Qt::ElideRight, scaled(260))
                    + QStringLiteral("  ✕"),
                m_chipArea);
        chip->setFont(secondaryFont());
        chip->setAccessibleName(part.text);
        chip->setToolTip(tr("Take out: %1").arg(part.text));
        setLook(chip, "filter");
        connect(
            chip, &QPushButton::clicked, this, [this, remove = part.remove] { change(remove); });
        m_chipRow->addWidget(chip);
        chip->show();
        m_chips.append(chip);
    }
    if (m_chips.size() > 1) {
        auto* all = new QPushButton(tr("Clear all"), m_chipArea);
        all->setFont(secondaryFont());
        all->setAccessibleName(tr("Clear all"));
        setLook(all, "link");
        connect(all, &QPushButton::clicked, this, [this] { m_selection->setFilter({}); });
        m_chipRow->addWidget(all);
        all->show();
        m_chips.append(all);
    }
    m_chipArea->setVisible(!m_chips.isEmpty());
    m_chipArea->updateGeometry();
}

void FilterBar::addNames(QMenu* menu, const std::vector<CountByName>& names,
    std::vector<std::string> SampleFilter::*place) {
    std::vector<CountByName> byCount = names;
    std::ranges::stable_sort(byCount, std::ranges::greater(), &CountByName::count);
    const std::vector<std::string>& chosen = m_selection->filter().*place;
    for (std::size_t i = 0; i < byCount.size() && i < mostNames; ++i) {
        const std::string name = byCount[i].name;
        QString label = QString::fromStdString(name);
        QAction* action = menu->addAction(label.replace(QLatin1Char('&'), QStringLiteral("&&"))
            + QLatin1Char('\t') + QLocale().toString(qlonglong(byCount[i].count)));
        action->setCheckable(true);
        action->setChecked(std::ranges::find(chosen, name) != chosen.end());
        connect(action, &QAction::triggered, this, [this, name, place](bool on) {
            change([&](SampleFilter& filter) {
                std::erase(filter.*place, name);
                if (on)
                    (filter.*place).push_back(name);
            });
        });
    }
    if (byCount.size() > mostNames) {
        menu->addSeparator();
        connect(menu->addAction(tr("%n more…", nullptr, int(byCount.size() - mostNames))),
            &QAction::triggered, this, [this, byCount, place, title = menu->title()] {
                auto* dialog = new NamesDialog(title, byCount, m_selection->filter().*place, this);
                connect(dialog, &QDialog::accepted, this, [this, dialog, place] {
                    change([&](SampleFilter& filter) { filter.*place = dialog->chosen(); });
                });
                dialog->open();
            });
    }
    menu->setEnabled(!byCount.empty());
}

void FilterBar::addChecks(QMenu* menu) {
    const std::vector<std::string>& chosen = m_selection->filter().findings;
    QMenu* languages = nullptr;
    for (const CountByName& found : m_choices.findings) {
        QMenu* target = menu;
        if (found.name.starts_with(languagePrefix)) {
            if (!languages) {
                menu->addSeparator();
                languages = menu->addMenu(tr("Language"));
            }
            target = languages;
        }
        const QString title = target == languages
            ? languageName(QString::fromStdString(found.name.substr(languagePrefix.size())))
            : findingTitle(found.name);
        QAction* action = target->addAction(
            title + QLatin1Char('\t') + QLocale().toString(qlonglong(found.count)));
        action->setToolTip(findingRule(found.name));
        action->setCheckable(true);
        action->setChecked(std::ranges::find(chosen, found.name) != chosen.end());
        connect(action, &QAction::triggered, this, [this, name = found.name](bool on) {
            change([&](SampleFilter& filter) {
                std::erase(filter.findings, name);
                if (on)
                    filter.findings.push_back(name);
            });
        });
    }
    menu->setToolTipsVisible(true);
    if (m_choices.findings.empty())
        menu->addAction(tr("Not looked through yet: see the overview"))->setEnabled(false);
}

void FilterBar::buildFilterMenu() {
    m_filterMenu->clear();
    const SampleFilter& now = m_selection->filter();
    addNames(m_filterMenu->addMenu(tr("Channel")), m_choices.channels, &SampleFilter::channels);
    QMenu* status = m_filterMenu->addMenu(tr("State"));
    for (const ReviewStatus value :
        {ReviewStatus::Pending, ReviewStatus::Accepted, ReviewStatus::Rejected}) {
        QAction* action = status->addAction(statusText(value));
        action->setCheckable(true);
        action->setChecked(std::ranges::find(now.statuses, value) != now.statuses.end());
        connect(action, &QAction::triggered, this, [this, value](bool on) {
            change([&](SampleFilter& filter) {
                std::erase(filter.statuses, value);
                if (on)
                    filter.statuses.push_back(value);
                std::ranges::sort(filter.statuses);
            });
        });
    }
    addChecks(m_filterMenu->addMenu(tr("Check")));
    addNames(m_filterMenu->addMenu(tr("Tag")), m_choices.tags, &SampleFilter::tags);
    QMenu* files = m_filterMenu->addMenu(tr("File"));
    for (const CountByName& file : m_choices.files) {
        const QString path = QString::fromStdString(file.name);
        QAction* action = files->addAction(QFileInfo(path).fileName() + QLatin1Char('\t')
            + QLocale().toString(qlonglong(file.count)));
        action->setToolTip(path);
        action->setCheckable(true);
        action->setChecked(now.file == file.name);
        connect(action, &QAction::triggered, this, [this, name = file.name](bool on) {
            change([&](SampleFilter& filter) { filter.file = on ? name : std::string(); });
        });
    }
    files->setEnabled(!m_choices.files.empty());
    QMenu* edited = m_filterMenu->addMenu(tr("Edited"));
    for (const bool value : {true, false}) {
        QAction* action = edited->addAction(value ? tr("edited") : tr("not edited"));
        action->setCheckable(true);
        action->setChecked(now.edited == value);
        connect(action, &QAction::triggered, this, [this, value](bool on) {
            change([&](SampleFilter& filter) {
                filter.edited = on ? std::optional(value) : std::nullopt;
            });
        });
    }
    m_filterMenu->addSeparator();
    const bool tokens = m_choices.tokensKnown;
    connect(m_filterMenu->addAction(tr("Length…")), &QAction::triggered, this, [this, tokens] {
        const SampleFilter& f = m_selection->filter();
        if (tokens)
            askForRange(
                tr("Tokens of the sample"), true,
                [](SampleFilter& filter, auto least, auto most) {
                    filter.tokensAtLeast = whole(least);
                    filter.tokensAtMost = whole(most);
                },
                real(f.tokensAtLeast), real(f.tokensAtMost));
        else
            askForRange(
                tr("Characters of the sample"), true,
                [](SampleFilter& filter, auto least, auto most) {
                    filter.charsAtLeast = whole(least);
                    filter.charsAtMost = whole(most);
                },
                real(f.charsAtLeast), real(f.charsAtMost));
    });
    QAction* loss = m_filterMenu->addAction(tr("Loss…"));
    loss->setEnabled(m_choices.largestLoss.has_value());
    connect(loss, &QAction::triggered, this, [this] {
        const SampleFilter& f = m_selection->filter();
        askForRange(
            tr("Loss of the answer, nats a token"), false,
            [](SampleFilter& filter, auto least, auto most) {
                filter.lossAtLeast = least;
                filter.lossAtMost = most;
            },
            f.lossAtLeast, f.lossAtMost);
    });
    connect(m_filterMenu->addAction(tr("Rating…")), &QAction::triggered, this, [this] {
        const SampleFilter& f = m_selection->filter();
        askForRange(
            tr("Rating"), false,
            [](SampleFilter& filter, auto least, auto most) {
                filter.ratingAtLeast = least;
                filter.ratingAtMost = most;
            },
            f.ratingAtLeast, f.ratingAtMost);
    });
}

void FilterBar::askForRange(const QString& what, bool wholeNumbers,
    const std::function<void(SampleFilter&, std::optional<double>, std::optional<double>)>& put,
    std::optional<double> least, std::optional<double> most) {
    auto* dialog = new RangeDialog(what, wholeNumbers, least, most, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, put] {
        change([&](SampleFilter& filter) { put(filter, dialog->least(), dialog->most()); });
    });
    dialog->open();
}

void FilterBar::readViews() {
    m_access->views(this, [this](Result<std::vector<SavedView>> views) {
        if (!views)
            return Q_EMIT failed(views.error());
        m_saved = std::move(*views);
        Q_EMIT viewsRead();
    });
}

QString FilterBar::currentView() const {
    if (m_selection->filter().isEmpty())
        return {};
    for (const SavedView& view : m_saved)
        if (view.filter == m_selection->filter())
            return QString::fromStdString(view.name);
    return {};
}

void FilterBar::askForViewName() {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save view"));
    dialog->setLabelText(tr("Name of the view: %1").arg(filterWords(m_selection->filter())));
    dialog->setOkButtonText(tr("Save"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& name) {
        if (name.trimmed().isEmpty())
            return;
        m_access->saveView(name.trimmed(), m_selection->filter(), this, [this](Result<bool> saved) {
            if (!saved)
                Q_EMIT failed(saved.error());
            readViews();
        });
    });
    dialog->open();
}

void FilterBar::buildViewMenu() {
    m_viewMenu->clear();
    QAction* everything = m_viewMenu->addAction(tr("All samples"));
    everything->setCheckable(true);
    everything->setChecked(m_selection->filter().isEmpty());
    connect(everything, &QAction::triggered, this, [this] { m_selection->setFilter({}); });
    const QString current = currentView();
    for (const SavedView& view : m_saved) {
        QAction* action = m_viewMenu->addAction(QString::fromStdString(view.name));
        action->setToolTip(filterWords(view.filter));
        action->setCheckable(true);
        action->setChecked(QString::fromStdString(view.name) == current);
        connect(action, &QAction::triggered, this,
            [this, filter = view.filter] { m_selection->setFilter(filter); });
    }
    m_viewMenu->addSeparator();
    QAction* save = m_viewMenu->addAction(tr("Save as a view…"));
    save->setEnabled(!m_selection->filter().isEmpty());
    connect(save, &QAction::triggered, this, &FilterBar::askForViewName);
    QAction* rename = m_viewMenu->addAction(
        current.isEmpty() ? tr("Rename the view…") : tr("Rename “%1”…").arg(current));
    rename->setEnabled(!current.isEmpty());
    connect(rename, &QAction::triggered, this, [this, current] {
        auto* dialog = new QInputDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(tr("Rename view"));
        dialog->setLabelText(tr("New name of the view"));
        dialog->setTextValue(current);
        connect(
            dialog, &QInputDialog::textValueSelected, this, [this, current](const QString& name) {
                if (name.trimmed().isEmpty())
                    return;
                m_access->renameView(current, name.trimmed(), this, [this](Result<bool> renamed) {
                    if (!renamed)
                        Q_EMIT failed(renamed.error());
                    readViews();
                });
            });
        dialog->open();
    });
    QAction* remove = m_viewMenu->addAction(
        current.isEmpty() ? tr("Delete the view") : tr("Delete “%1”").arg(current));
    remove->setEnabled(!current.isEmpty());
    connect(remove, &QAction::triggered, this, [this, current] {
        // The filter stays as it is: saving it again is all it takes to have the view back.
        m_access->removeView(current, this, [this](Result<bool> removed) {
            if (!removed)
                Q_EMIT failed(removed.error());
            readViews();
        });
    });
}

} // namespace assay
