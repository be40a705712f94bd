#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/menu_heading.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/common/token_strip/strip_legend.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/answer_curve.h"
#include "ui/panels/inspect/branch_delegate.h"
#include "ui/panels/inspect/branch_model.h"
#include "ui/panels/inspect/data_card.h"
#include "ui/panels/inspect/generation_button.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/inspect/model_picker.h"
#include "ui/panels/inspect/sample_list.h"
#include "ui/panels/inspect/text_writer.h"
#include "ui/panels/inspect/token_card.h"
#include "ui/panels/inspect/why_card.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {

namespace {

/// What is coloured as one: 0 token, 1 word, 2 sentence, 3 line.
const Settings::Entry<int> unitSetting = {"inspect/unit", 0};

using Hints = std::vector<std::pair<QString, QString>>;

/// Keys with what they do, as many as fit: on a narrow screen the last ones give way.
class HintLine final : public QWidget {
public:
    explicit HintLine(const Hints& hints) {
        auto* line = new QHBoxLayout(this);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(scaled(6));
        line->setSizeConstraint(QLayout::SetNoConstraint);
        for (const auto& [key, meaning] : hints) {
            m_parts.push_back({makeKeyCap(key), makeLabel(meaning, "secondary")});
            line->addWidget(m_parts.back().first);
            line->addWidget(m_parts.back().second);
        }
        line->addStretch(1);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }

protected:
    void resizeEvent(QResizeEvent* event) override {
        QWidget::resizeEvent(event);
        int used = 0;
        for (const auto& [cap, label] : m_parts) {
            used += cap->sizeHint().width() + label->sizeHint().width() + 2 * scaled(6);
            cap->setVisible(used <= width());
            label->setVisible(used <= width());
        }
    }

private:
    std::vector<std::pair<QWidget*, QWidget*>> m_parts;
};

/// Folds a card's body away and remembers it.
QToolButton* makeFoldButton(
    QWidget* body, const QString& what, Settings* settings, const Settings::Entry<bool>& entry) {
    auto* button = new QToolButton;
    setLook(button, "fold");
    button->setCheckable(true);
    button->setAccessibleName(what);
    button->setToolTip(what);
    const auto apply = [button, body](bool open) {
        button->setText(open ? QStringLiteral("▾") : QStringLiteral("▸"));
        body->setVisible(open);
    };
    const bool open = settings->get(entry);
    button->setChecked(open);
    apply(open);
    QObject::connect(button, &QToolButton::toggled, body, [apply, settings, entry](bool on) {
        apply(on);
        settings->set(entry, on);
    });
    return button;
}

} // namespace

void InspectPanel::buildLayout() {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(10), scaled(10), scaled(10), scaled(10));
    row->setSpacing(scaled(10));
    m_samples = new SampleList(m_selection, m_project, this);
    m_samples->setMinimumWidth(scaled(190));
    m_samples->setMaximumWidth(scaled(300));
    m_samples->setVisible(m_settings->get(Settings::keys().inspectSamples));
    row->addWidget(m_samples, 28);
    auto* middle = new QVBoxLayout;
    middle->setSpacing(scaled(10));
    buildStripCard();
    middle->addWidget(m_card, 1);
    buildCurveCard();
    middle->addWidget(m_curveCard);
    buildBranchCard();
    middle->addWidget(m_branchCard);
    row->addLayout(middle, 74);
    row->addWidget(buildSide(), 36);
}

void InspectPanel::buildStripCard() {
    m_card = new Card(tr("Sample"), this);
    auto* list = new QToolButton;
    list->setText(tr("☰ Samples"));
    list->setFont(secondaryFont());
    setLook(list, "segment");
    list->setCheckable(true);
    list->setChecked(!m_samples->isHidden());
    list->setAccessibleName(tr("List of samples"));
    list->setToolTip(tr("Show or hide the list of samples"));
    connect(list, &QToolButton::toggled, this, [this](bool on) {
        m_samples->setVisible(on);
        m_settings->set(Settings::keys().inspectSamples, on);
    });
    m_status = new Chip;
    m_card->addChip(m_status);
    m_card->addChip(list);
    m_back = makeButton(tr("Back to the sample"));
    m_back->hide();
    connect(m_back, &QPushButton::clicked, this, &InspectPanel::loadSample);
    m_card->addChip(m_back);
    m_metric = new SegmentedSwitch;
    m_metric->add(tr("surprisal"), tr("Colour by minus log-probability of the token"));
    m_metric->add(tr("rank"), tr("Colour by the token's place in the model's order"));
    m_metric->add(tr("entropy"), tr("Colour by how undecided the model was"));
    m_metric->add(tr("margin"), tr("Colour by how far the token lies behind the best other"));
    m_role = new SegmentedSwitch;
    m_role->add(tr("base"), tr("What the base model says of the text"));
    m_role->add(tr("tuned"), tr("What the fine-tuned model says of the text"));
    m_role->add(tr("delta"),
        tr("Log-probability under the tuned model minus that under the base, token by token"));
    m_picker = new ModelPicker(m_selection);
    m_card->addControl(m_metric);
    m_card->addControl(m_role);
    m_card->addControl(m_picker);

    m_content = new QStackedWidget;
    m_strip = new TokenStrip;
    m_writer = new TextWriter;
    m_content->addWidget(m_strip);
    m_content->addWidget(m_writer);
    m_stack = new StateStack(m_content);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(m_stack, 1);
    m_notice = makeLabel(QString(), "wrong");
    m_notice->setWordWrap(true);
    m_notice->setContentsMargins(scaled(12), scaled(4), scaled(12), scaled(4));
    m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notice->hide();
    body->addWidget(m_notice);
    body->addWidget(buildForceBar());
    m_card->setBody(body);
    m_card->setFooter(buildFooter());
}

QWidget* InspectPanel::buildForceBar() {
    m_forceBar = new QWidget;
    auto* line = new QHBoxLayout(m_forceBar);
    line->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6));
    line->setSpacing(scaled(8));
    m_forceLabel = makeLabel(QString(), "secondary");
    line->addWidget(m_forceLabel);
    m_force = new QLineEdit;
    m_force->setFont(monoFont());
    m_force->setAccessibleName(tr("Text to force"));
    m_force->setPlaceholderText(tr("any words; a leading space counts"));
    line->addWidget(m_force, 1);
    line->addWidget(makeKeyCap(QStringLiteral("Enter")));
    auto* force = makeButton(tr("Force"));
    line->addWidget(force);
    line->addWidget(makeKeyCap(QStringLiteral("Esc")));
    m_forceBar->hide();
    const auto accept = [this] {
        const QString words = m_force->text();
        if (words.isEmpty())
            return;
        m_forceBar->hide();
        m_strip->setFocus();
        m_text->forceText(placeToContinue(), words, m_generation->settings());
    };
    connect(m_force, &QLineEdit::returnPressed, this, accept);
    connect(force, &QPushButton::clicked, this, accept);
    return m_forceBar;
}

QWidget* InspectPanel::buildFooter() {
    auto* footer = new QWidget;
    auto* line = new QHBoxLayout(footer);
    line->setContentsMargins(scaled(12), scaled(5), scaled(12), scaled(5));
    line->setSpacing(scaled(6));
    m_legend = new StripLegend;
    line->addWidget(m_legend);
    auto* colours = new QToolButton;
    colours->setText(tr("Colours"));
    colours->setFont(secondaryFont());
    colours->setPopupMode(QToolButton::InstantPopup);
    setLook(colours, "segment");
    colours->setAccessibleName(tr("Colours and marks of the tokens"));
    auto* menu = new QMenu(colours);
    colours->setMenu(menu);
    line->addWidget(colours);
    line->addSpacing(scaled(6));
    const Hints keys = {{QStringLiteral("N"), tr("suspect")},
        {QStringLiteral("D"), tr("divergence")}, {QStringLiteral("O"), tr("onset")},
        {QStringLiteral("U"), tr("uncertain")}, {QStringLiteral("1-9"), tr("take alternative")},
        {QStringLiteral("Enter"), tr("branch")}};
    line->addWidget(new HintLine(keys), 1);

    auto* marking = new QActionGroup(menu);
    auto* ramp = new QActionGroup(menu);
    const auto choice = [&](QActionGroup* group, const QString& text, bool on, auto apply) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(on);
        connect(action, &QAction::triggered, this, [this, apply] {
            StripLook look = m_strip->stripLook();
            apply(look);
            m_strip->setStripLook(look);
            m_legend->setStripLook(look);
            m_settings->set(
                Settings::keys().inspectUnderline, look.marking == StripMarking::Underline);
            m_settings->set(Settings::keys().inspectCividis, look.ramp == StripRamp::Cividis);
            m_settings->set(unitSetting, int(look.unit));
        });
    };
    const bool underline = m_settings->get(Settings::keys().inspectUnderline);
    const bool cividis = m_settings->get(Settings::keys().inspectCividis);
    addMenuHeading(menu, tr("Mark"));
    choice(marking, tr("Fill behind the token"), !underline,
        [](StripLook& look) { look.marking = StripMarking::Fill; });
    choice(marking, tr("Underline, thicker for more"), underline,
        [](StripLook& look) { look.marking = StripMarking::Underline; });
    addMenuHeading(menu, tr("Colours"));
    choice(ramp, tr("Violet"), !cividis, [](StripLook& look) { look.ramp = StripRamp::Violet; });
    choice(ramp, tr("Cividis"), cividis, [](StripLook& look) { look.ramp = StripRamp::Cividis; });
    const auto unit = StripUnit(std::clamp(m_settings->get(unitSetting), 0, 3));
    auto* units = new QActionGroup(menu);
    addMenuHeading(menu, tr("Colour as one"));
    const std::pair<StripUnit, QString> unitNames[] = {{StripUnit::Token, tr("Each token")},
        {StripUnit::Word, tr("Words: the sum of their tokens")},
        {StripUnit::Sentence, tr("Sentences: the mean")}, {StripUnit::Line, tr("Lines: the mean")}};
    for (const auto& [which, name] : unitNames)
        choice(units, name, unit == which, [which = which](StripLook& look) { look.unit = which; });
    menu->addSeparator();
    m_frameAction = menu->addAction(tr("Template tokens"));
    m_frameAction->setCheckable(true);
    m_frameAction->setChecked(m_settings->get(Settings::keys().inspectFrame));
    m_frameAction->setShortcut(QKeySequence(QStringLiteral("T")));
    m_frameAction->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_frameAction->setToolTip(tr("Show BOS, role names and end-of-turn marks"));
    connect(m_frameAction, &QAction::toggled, this, [this](bool on) {
        m_strip->setFrameShown(on);
        m_settings->set(Settings::keys().inspectFrame, on);
    });
    StripLook look;
    look.marking = underline ? StripMarking::Underline : StripMarking::Fill;
    look.ramp = cividis ? StripRamp::Cividis : StripRamp::Violet;
    look.unit = unit;
    m_strip->setStripLook(look);
    m_legend->setStripLook(look);
    return footer;
}

void InspectPanel::buildCurveCard() {
    m_curveCard = new Card(tr("Along the answer"), this);
    m_curveCard->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_curve = new AnswerCurve;
    m_curveCard->setBody(m_curve);
    m_summary = makeLabel(QString(), "secondary");
    m_curveCard->addControl(m_summary);
    m_curveCard->addControl(makeFoldButton(
        m_curve, tr("Show or hide the curve"), m_settings, Settings::keys().inspectCurve));
}

void InspectPanel::buildBranchCard() {
    m_branchCard = new Card(tr("Branches"), this);
    m_branchCard->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_cancel = makeButton(tr("Cancel"));
    m_cancel->hide();
    m_branchCard->addControl(m_cancel);
    m_generation = new GenerationButton;
    m_branchCard->addControl(m_generation);
    m_continueBase = makeButton(tr("Base from here"));
    m_continueBase->setToolTip(
        tr("Let the base model go on in place of the selected token, as a branch"));
    m_branchCard->addControl(m_continueBase);
    m_continue = makeButton(tr("Continue from here"));
    m_continue->setToolTip(tr("Let the model go on in place of the selected token; with none "
                              "selected, from where its answer begins"));
    m_branchCard->addControl(m_continue);
    m_forceButton = makeButton(tr("Force text…"));
    m_forceButton->setToolTip(tr("Put any words in place of the selected token"));
    m_branchCard->addControl(m_forceButton);

    m_branches = new BranchModel(this);
    m_branchTable = new QTableView;
    m_branchTable->setModel(m_branches);
    m_branchTable->setItemDelegate(new BranchDelegate(m_branchTable));
    m_branchTable->setAccessibleName(tr("Branches"));
    m_branchTable->setShowGrid(false);
    m_branchTable->setWordWrap(false);
    m_branchTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_branchTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_branchTable->setTabKeyNavigation(false);
    m_branchTable->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_branchTable->verticalHeader()->hide();
    m_branchTable->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_branchTable->verticalHeader()->setDefaultSectionSize(scaled(28));
    m_branchTable->setFixedHeight(scaled(28) * 4 + scaled(2));
    QHeaderView* header = m_branchTable->horizontalHeader();
    header->setFont(secondaryFont());
    header->setHighlightSections(false);
    header->setFixedHeight(scaled(28));
    header->setMinimumSectionSize(scaled(24));
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(BranchModel::Words, QHeaderView::Stretch);
    header->resizeSection(BranchModel::Mark, scaled(44));
    header->resizeSection(BranchModel::Forced, scaled(170));
    header->resizeSection(BranchModel::Cost, scaled(92));
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_branchTable);
    m_branchCard->setBody(body);
    m_branchCard->addControl(makeFoldButton(
        body, tr("Show or hide the branches"), m_settings, Settings::keys().inspectBranches));
}

QWidget* InspectPanel::buildSide() {
    auto* side = new QWidget;
    side->setMinimumWidth(scaled(280));
    side->setMaximumWidth(scaled(400));
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(10));
    m_token = new TokenCard(side);
    column->addWidget(m_token, 42);
    m_why = new WhyCard(side);
    column->addWidget(m_why, 28);
    m_data = new DataCard(m_corpus, side);
    column->addWidget(m_data, 30);
    return side;
}

void InspectPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    // Where the header grows tight, what the top bar shows too gives way.
    const bool tight = m_card->width() < scaled(940);
    m_status->setVisible(!tight && !m_status->text().isEmpty());
    m_picker->setCompact(tight);
}

} // namespace assay
