#pragma once

#include "core/advice/parameter_range.h"
#include "core/job/spec_fields.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <optional>

namespace assay {

/// The spec that is being written: values by key, what is wrong with each, and what is unusual.
class TrainDraft final : public QObject {
    Q_OBJECT

public:
    explicit TrainDraft(QObject* parent = nullptr);

    const Json& json() const { return m_json; }
    /// Replaces everything; what is absent takes its default.
    void setJson(const Json& json);
    const Json& value(const QString& key) const;
    void setValue(const QString& key, const Json& value);
    /// Several at once, with one signal.
    void setValues(const Json& values);

    /// What the range of a key goes by; 0 where it is not known yet.
    void setFacts(const TrainingFacts& facts);
    const TrainingFacts& facts() const { return m_facts; }
    std::optional<ParameterRange> range(const QString& key) const;

    /// What is wrong with a key, in words; a section's problems stand under the section's name.
    QStringList problems(const QString& key) const { return m_problems.value(key); }
    qsizetype problemCount() const { return m_problemCount; }
    /// All of them, each with the label of its field in front.
    QStringList allProblems() const;
    /// Why a value is worth a second look; empty where it is usual or nothing is recommended.
    QString caution(const QString& key) const;
    qsizetype cautionCount() const;

    /// The spec, when nothing is wrong with it.
    std::optional<TrainSpec> spec() const { return m_spec; }

    /// A number as people write it: 0.0006, 6e-5, 512.
    static QString numberText(double value);
    /// Of any value of the spec, for people.
    static QString valueText(const Json& value);
    static QString labelOf(const QString& key);

Q_SIGNALS:
    void changed();
    void factsChanged();

private:
    void check();

    Json m_json;
    TrainingFacts m_facts;
    QHash<QString, QStringList> m_problems;
    qsizetype m_problemCount = 0;
    std::optional<TrainSpec> m_spec;
};

} // namespace assay
