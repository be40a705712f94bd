#include "ui/panels/train/train_draft.h"

#include "core/advice/parameter_help.h"
#include "ui/common/error_text.h"
#include "ui/panels/train/parameter_text.h"

#include <QCoreApplication>

#include <cmath>

namespace assay {

TrainDraft::TrainDraft(QObject* parent)
    : QObject(parent)
    , m_json(trainSpecToJson(TrainSpec())) {
    check();
}

void TrainDraft::setJson(const Json& json) {
    Json whole = trainSpecToJson(TrainSpec());
    for (const SpecField& field : specFields())
        if (const Json* value = specValue(json, field.key))
            setSpecValue(whole, field.key, *value);
    if (whole == m_json)
        return;
    m_json = std::move(whole);
    check();
}

const Json& TrainDraft::value(const QString& key) const {
    static const Json none;
    const Json* found = specValue(m_json, key.toStdString());
    return found ? *found : none;
}

void TrainDraft::setValue(const QString& key, const Json& value) {
    setValues({{key.toStdString(), value}});
}

void TrainDraft::setValues(const Json& values) {
    const Json before = m_json;
    for (const auto& [key, value] : values.items())
        setSpecValue(m_json, key, value);
    if (m_json != before)
        check();
}

void TrainDraft::check() {
    m_problems.clear();
    const std::vector<Error> problems = specProblems(m_json);
    m_problemCount = qsizetype(problems.size());
    for (Error problem : problems) {
        const QString field = QString::fromStdString(fieldOfProblem(problem));
        problem.where.clear(); // it stands beside its field
        m_problems[field].append(problem.code == "json.value"
                ? QString::fromStdString(std::string(problem.argument("reason")))
                : errorMessage(problem));
    }
    m_spec.reset();
    if (problems.empty())
        if (auto spec = trainSpecFromJson(m_json, "spec"))
            m_spec = std::move(*spec);
    Q_EMIT changed();
}

void TrainDraft::setFacts(const TrainingFacts& facts) {
    m_facts = facts;
    Q_EMIT factsChanged();
}

std::optional<ParameterRange> TrainDraft::range(const QString& key) const {
    return recommendedRange(key.toStdString(), m_facts);
}

QStringList TrainDraft::allProblems() const {
    QStringList all;
    for (auto it = m_problems.begin(); it != m_problems.end(); ++it)
        for (const QString& problem : it.value())
            all.append(it.key().isEmpty() ? problem : tr("%1: %2").arg(labelOf(it.key()), problem));
    all.sort();
    return all;
}

QString TrainDraft::caution(const QString& key) const {
    const Json& now = value(key);
    const auto usual = range(key);
    if (!usual || !now.is_number())
        return QString();
    const double number = now.get<double>();
    // -1 and 0 switch many parameters off; what switches is no unusual amount.
    if (number < 0
        || (number == 0 && usual->low > 0 && key.startsWith(QStringLiteral("evaluation"))))
        return QString();
    const QString span = tr("%1 to %2").arg(numberText(usual->low), numberText(usual->high));
    const QString reason = parameterText(usual->reason);
    if (number < usual->low)
        return tr("Below what is usual here (%1). %2").arg(span, reason);
    if (number > usual->high)
        return tr("Above what is usual here (%1). %2").arg(span, reason);
    return QString();
}

qsizetype TrainDraft::cautionCount() const {
    qsizetype count = 0;
    for (const SpecField& field : specFields())
        count += caution(QString::fromStdString(field.key)).isEmpty() ? 0 : 1;
    return count;
}

QString TrainDraft::numberText(double value) {
    if (value == 0)
        return QStringLiteral("0");
    if (value == std::floor(value) && std::abs(value) < 1e9)
        return QString::number(qint64(value));
    if (std::abs(value) < 1e-3 || std::abs(value) >= 1e6) {
        QString text = QString::number(value, 'e', 6);
        const qsizetype mark = text.indexOf(QLatin1Char('e'));
        QString digits = text.left(mark);
        while (digits.endsWith(QLatin1Char('0')))
            digits.chop(1);
        if (digits.endsWith(QLatin1Char('.')))
            digits.chop(1);
        return digits + QStringLiteral("e%1").arg(text.mid(mark + 1).toInt());
    }
    return QString::number(value, 'g', 6);
}

QString TrainDraft::valueText(const Json& value) {
    if (value.is_null())
        return QString();
    if (value.is_boolean())
        return value.get<bool>() ? tr("yes") : tr("no");
    if (value.is_number_float())
        return numberText(value.get<double>());
    if (value.is_string())
        return QString::fromStdString(value.get<std::string>());
    if (value.is_array()) {
        QStringList parts;
        for (const Json& item : value)
            parts.append(valueText(item));
        return parts.join(QStringLiteral("; "));
    }
    return QString::fromStdString(dumpJson(value));
}

QString TrainDraft::labelOf(const QString& key) {
    const ParameterHelp* help = findParameterHelp(key.toStdString());
    return help ? parameterText(help->label) : key;
}

} // namespace assay
