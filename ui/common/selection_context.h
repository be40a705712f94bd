#pragma once

#include "core/store/sample_row.h"

#include <QObject>
#include <QString>

#include <optional>

namespace assay {

enum class ModelRole { Base, Tuned };

/// A model as people choose it: a folder on the engine's machine and a name.
struct ModelChoice {
    QString folder;
    QString name;
    ModelRole role = ModelRole::Tuned;
    bool isEmpty() const { return folder.isEmpty(); }
    bool operator==(const ModelChoice&) const = default;
};

/// What the person is looking at; all panels follow it. Setting what is already set says nothing.
class SelectionContext final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    QString project() const { return m_project; }
    /// Clears the rest of the selection: it belonged to the other project.
    void setProject(const QString& folder);

    /// Which samples are looked at: the filter of the table, a saved view, the rows behind a
    /// number.
    const SampleFilter& filter() const { return m_filter; }
    void setFilter(const SampleFilter& filter);

    std::optional<qint64> sample() const { return m_sample; }
    void setSample(std::optional<qint64> id);

    ModelChoice model(ModelRole role) const { return role == ModelRole::Base ? m_base : m_tuned; }
    /// Puts the model at its role's place and makes it the active one.
    void setModel(const ModelChoice& model);
    /// The one a panel with a single model shows; empty when none was chosen.
    ModelChoice activeModel() const { return model(m_active); }
    void setActiveRole(ModelRole role);

    /// Tokens [begin, end) of the text in view; equal when none.
    std::pair<int, int> tokenRange() const { return m_tokens; }
    void setTokenRange(int begin, int end);

    /// A job folder.
    QString run() const { return m_run; }
    void setRun(const QString& folder);

    /// Brings another panel to the front, by its id, after setting what it is to show: "see it in
    /// Inspect". The shell does it.
    void show(const QString& panel) { Q_EMIT panelWanted(panel); }

Q_SIGNALS:
    void projectChanged();
    void filterChanged();
    void sampleChanged();
    void modelsChanged();
    void tokenRangeChanged();
    void runChanged();
    void panelWanted(const QString& panel);

private:
    QString m_project;
    SampleFilter m_filter;
    std::optional<qint64> m_sample;
    ModelChoice m_base;
    ModelChoice m_tuned;
    ModelRole m_active = ModelRole::Tuned;
    std::pair<int, int> m_tokens = {0, 0};
    QString m_run;
};

} // namespace assay
