#pragma once

#include "ui/common/services.h"
#include "ui/service/train_sources.h"

#include <QPushButton>
#include <QWidget>

namespace assay {

class SegmentedSwitch;
class TrainDraft;

/// What is trained, on what, and how: three choices that set several keys of the draft each.
class SourcePickers final : public QWidget {
    Q_OBJECT

public:
    SourcePickers(const Services& services, TrainDraft* draft, QWidget* parent = nullptr);
    void setSources(const TrainSources& sources);
    void setModels(const std::vector<ProjectModel>& models);
    const std::vector<ProjectModel>& models() const { return m_models; }
    void chooseModel(const QString& folder);
    void chooseView(const QString& view); ///< of the project; empty for all of it
    void chooseFiles(const QStringList& files);
    QPushButton* modelButton() const { return m_model; }
    QPushButton* dataButton() const { return m_data; }
    SegmentedSwitch* method() const { return m_method; }
    SegmentedSwitch* trainedWeights() const { return m_weights; }

Q_SIGNALS:
    void newModelWanted();

private:
    void fillModels();
    void fillData();
    void show();
    QString modelText() const;
    QString dataText() const;
    void askForModel();
    void askForFiles();

    Services m_services;
    TrainDraft* m_draft;
    TrainSources m_sources;
    std::vector<ProjectModel> m_models;
    QPushButton* m_model;
    QPushButton* m_data;
    SegmentedSwitch* m_method;
    SegmentedSwitch* m_weights;
};

} // namespace assay
