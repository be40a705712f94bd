#include "ui/common/sample_view/tool_call_view.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/sample_view/text_block.h"

#include "core/data/tool_json.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {

namespace {

constexpr int widestName = 20; ///< names up to here are aligned

QString indent(int depth) {
    return QString(depth * 2, QLatin1Char(' '));
}

void addValue(QString& out, const Json& value, int depth);

void addNamed(QString& out, const QString& name, qsizetype width, const Json& value, int depth) {
    const QString lead = indent(depth) + name;
    const bool nests = value.is_structured() && !value.empty();
    const bool lines
        = value.is_string() && value.get_ref<const std::string&>().find('\n') != std::string::npos;
    if (nests || lines) {
        out += lead + QLatin1Char('\n');
        return addValue(out, value, depth + 1);
    }
    out += lead.leftJustified(indent(depth).size() + width, QLatin1Char(' '))
        + QStringLiteral("  ");
    addValue(out, value, 0);
}

void addValue(QString& out, const Json& value, int depth) {
    if (value.is_object() && !value.empty()) {
        qsizetype width = 0;
        for (const auto& [name, item] : value.items())
            width = std::max(width, QString::fromStdString(name).size());
        width = std::min<qsizetype>(width, widestName);
        for (const auto& [name, item] : value.items())
            addNamed(out, QString::fromStdString(name), width, item, depth);
    } else if (value.is_array() && !value.empty()) {
        for (const Json& item : value)
            addNamed(out, QStringLiteral("–"), 1, item, depth);
    } else if (value.is_string()
        && value.get_ref<const std::string&>().find('\n') != std::string::npos) {
        const QString text = QString::fromStdString(value.get<std::string>());
        for (const QString& line : text.split(QLatin1Char('\n')))
            out += indent(depth) + QStringLiteral("│ ") + line + QLatin1Char('\n');
    } else {
        out += indent(depth) + QString::fromStdString(dumpJson(value)) + QLatin1Char('\n');
    }
}

} // namespace

QString jsonTree(const Json& value) {
    QString out;
    addValue(out, value, 0);
    if (out.endsWith(QLatin1Char('\n')))
        out.chop(1);
    return out;
}

ToolCallView::ToolCallView(const ToolCall& call, QWidget* parent)
    : QFrame(parent)
    , m_rawText(QString::fromStdString(call.arguments)) {
    setLook(this, "sunken");
    const QString name = QString::fromStdString(call.name);
    setAccessibleName(tr("Tool call %1").arg(name));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(12), scaled(8), scaled(10), scaled(10));
    column->setSpacing(scaled(4));
    auto* line = new QHBoxLayout;
    QLabel* title
        = makeLabel(name.isEmpty() ? tr("(no name)") : name, name.isEmpty() ? "wrong" : "");
    QFont bold = monoFont();
    bold.setWeight(QFont::Bold);
    title->setFont(bold);
    title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line->addWidget(title);
    if (!call.id.empty())
        line->addWidget(makeLabel(QString::fromStdString(call.id), "secondary"));
    line->addStretch(1);
    column->addLayout(line);
    m_block = new TextBlock(this);

    if (const auto problem = jsonTextProblem(call.arguments)) {
        m_problem = QString::fromStdString(*problem);
        QLabel* note
            = makeLabel(tr("The arguments are not valid JSON: %1").arg(m_problem), "wrong");
        note->setFont(secondaryFont());
        note->setWordWrap(true);
        column->addWidget(note);
    } else if (const auto json = parseJson(call.arguments, "arguments")) {
        m_tree = jsonTree(*json);
        auto* raw = makeButton(tr("raw"), this);
        setLook(raw, "link");
        raw->setFont(secondaryFont());
        raw->setAccessibleName(tr("Show the arguments of %1 as the row has them").arg(name));
        raw->setCheckable(true);
        raw->setFocusPolicy(Qt::TabFocus);
        line->addWidget(raw);
        connect(raw, &QPushButton::toggled, this, [this, raw](bool on) {
            raw->setText(on ? tr("tree") : tr("raw"));
            setRaw(on);
        });
    }
    column->addWidget(m_block);
    setRaw(!m_problem.isEmpty());
}

void ToolCallView::setRaw(bool raw) {
    m_raw = raw || !m_problem.isEmpty();
    m_block->setContent(m_raw ? m_rawText : m_tree, TextBlock::Form::Code, QStringLiteral("json"));
    m_block->setAccessibleName(tr("Arguments"));
    m_block->setVisible(!m_block->content().isEmpty());
}

} // namespace assay
