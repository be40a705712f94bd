#include "ui/panels/train/parameter_form.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/panels/train/train_draft.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace assay {

namespace {

/// What most runs change, the weightiest first.
const char* const essentials[]
    = {"optimizer.learning_rate", "schedule.epochs", "schedule.max_steps", "data.max_length",
        "chat_template", "schedule.micro_batch_tokens", "schedule.accumulation", "data.held_out"};
/// Set by the pickers above the form; written here as the spec has them.
const char* const sources[] = {"kind", "model.path", "model.tokenizer", "data.project", "data.view",
    "data.files", "data.tokenized"};

/// The group of a key: its section, so that a new key finds a place by itself.
QString groupOf(const std::string& key) {
    for (const char* one : essentials)
        if (key == one)
            return QStringLiteral("essentials");
    for (const char* one : sources)
        if (key == one)
            return QStringLiteral("sources");
    if (key.starts_with("model.shape."))
        return QStringLiteral("shape");
    const std::size_t dot = key.find('.');
    return dot == std::string::npos ? QStringLiteral("run")
                                    : QString::fromStdString(key.substr(0, dot));
}

} // namespace

ParameterForm::ParameterForm(TrainDraft* draft, QWidget* parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_defaults(trainSpecToJson(TrainSpec())) {
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(scaled(12), 0, scaled(12), scaled(8));
    m_column->setSpacing(0);
    addGroup(QStringLiteral("essentials"), tr("What most runs change"), true);
    addGroup(QStringLiteral("adapter"), tr("Adapter (LoRA)"), false);
    addGroup(QStringLiteral("freeze"), tr("Kept as it is"), false);
    addGroup(QStringLiteral("dpo"), tr("Preferences (DPO)"), false);
    addGroup(QStringLiteral("optimizer"), tr("Optimiser"), false);
    addGroup(QStringLiteral("schedule"), tr("Amount of training"), false);
    addGroup(QStringLiteral("data"), tr("Rows, order and packing"), false);
    addGroup(QStringLiteral("evaluation"), tr("Evaluation"), false);
    addGroup(QStringLiteral("checkpoints"), tr("Checkpoints"), false);
    addGroup(QStringLiteral("run"), tr("Machine, seed and name"), false);
    addGroup(QStringLiteral("shape"), tr("Shape of a new model"), false);
    addGroup(QStringLiteral("sources"), tr("Sources, as written in the spec"), false);
    for (const char* key : essentials)
        if (const SpecField* field = findSpecField(key))
            place(*field);
    for (const SpecField& field : specFields())
        if (!m_rows.contains(QString::fromStdString(field.key)))
            place(field);
    m_column->addStretch(1);
    connect(m_draft, &TrainDraft::changed, this, &ParameterForm::showHeaders);
    connect(m_draft, &TrainDraft::factsChanged, this, &ParameterForm::showHeaders);
    showHeaders();
}

void ParameterForm::addGroup(const QString& id, const QString& title, bool open) {
    Group group;
    group.id = id;
    group.title = title;
    group.open = open;
    group.header = new QPushButton;
    setLook(group.header, "link");
    group.body = new QWidget;
    auto* rows = new QVBoxLayout(group.body);
    rows->setContentsMargins(scaled(14), scaled(2), 0, scaled(8));
    rows->setSpacing(scaled(6));
    group.body->setVisible(open);
    m_column->addWidget(group.header);
    m_column->addWidget(group.body);
    connect(group.header, &QPushButton::clicked, this,
        [this, at = m_groups.size()] { setOpen(m_groups[at], !m_groups[at].open); });
    m_groups.append(group);
}

void ParameterForm::place(const SpecField& field) {
    const QString id = groupOf(field.key);
    qsizetype at = 0;
    while (at < m_groups.size() && m_groups[at].id != id)
        ++at;
    if (at == m_groups.size()) // a section that is new to this program
        addGroup(id, TrainDraft::labelOf(id), false);
    Group& group = m_groups[at];
    auto* row = new ParameterRow(field, m_draft, group.body);
    group.body->layout()->addWidget(row);
    group.keys.append(row->key());
    m_rows.insert(row->key(), row);
    connect(row, &ParameterRow::focused, this, &ParameterForm::focused);
}

void ParameterForm::setOpen(Group& group, bool open) {
    group.open = open;
    group.body->setVisible(open);
    showHeaders();
}

void ParameterForm::showHeaders() {
    const bool hasShape = m_draft->value(QStringLiteral("model.shape")).is_object();
    for (Group& group : m_groups) {
        qsizetype wrong = 0;
        qsizetype unusual = 0;
        qsizetype changed = 0;
        for (const QString& key : std::as_const(group.keys)) {
            wrong += m_draft->problems(key).size();
            unusual += m_draft->caution(key).isEmpty() ? 0 : 1;
            const Json* usual = specValue(m_defaults, key.toStdString());
            changed += usual && *usual != m_draft->value(key) ? 1 : 0;
        }
        QString text = (group.open ? QStringLiteral("▾ ") : QStringLiteral("▸ ")) + group.title;
        if (wrong > 0)
            text += tr("  ·  %n wrong", nullptr, int(wrong));
        else if (unusual > 0)
            text += tr("  ·  %n unusual", nullptr, int(unusual));
        else if (!group.open && changed > 0 && group.id != QLatin1String("sources"))
            text += tr("  ·  %n changed", nullptr, int(changed));
        group.header->setText(text);
        group.header->setAccessibleName(text);
        group.header->setAccessibleDescription(
            group.open ? tr("Open; press to fold") : tr("Folded; press to open"));
        // A model folder brings its shape along.
        const bool shown = group.id != QLatin1String("shape") || hasShape;
        group.header->setVisible(shown);
        group.body->setVisible(shown && group.open);
    }
}

void ParameterForm::showField(const QString& key) {
    ParameterRow* row = m_rows.value(key);
    if (!row)
        return;
    for (Group& group : m_groups)
        if (group.keys.contains(key) && !group.open)
            setOpen(group, true);
    row->editor()->setFocus();
}

} // namespace assay
