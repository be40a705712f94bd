#pragma once

#include "core/store/findings.h"
#include "core/store/sample_order.h"
#include "ui/common/services.h"
#include "ui/service/background_work.h"
#include "ui/service/data_access.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QVBoxLayout;

namespace assay {

class Card;
class Chip;
class StateStack;

/// What the project's data is like, by rules that are named; every number opens its rows.
class OverviewPage final : public QWidget {
    Q_OBJECT

public:
    OverviewPage(const Services& services, DataAccess* access, QWidget* parent = nullptr);

    bool isSettled() const { return !m_loading && !m_task.isRunning(); }
    Card* card() const { return m_card; }
    StateStack* stack() const { return m_stack; }
    const std::optional<StoredOverview>& shown() const { return m_shown; }
    /// The link with the number of a check or of a quantity: "duplicate-exact", "rows", "p95".
    QPushButton* number(const QString& name) const;
    QComboBox* tokenizer() const { return m_model; }
    QComboBox* heldOut() const { return m_heldOut; }
    /// Looks through all samples in the background.
    void check();
    void cancel() { m_task.cancel(); }

Q_SIGNALS:
    /// A number was chosen; the selection's filter already says which rows.
    void rowsWanted(assay::SampleOrder order);
    void importWanted();

private:
    void buildHeader();
    void reload();
    void readModels();
    /// Saved views and channels, of which one can be what a model is judged by.
    void readHeldOut();
    void show(const StoredOverview& stored);
    void showState();
    QWidget* makeTiles(const Overview& overview);
    QWidget* makeFindings(const Overview& overview);
    QWidget* makeLanguages(const Overview& overview);
    QWidget* makeChannels(const Overview& overview);
    QPushButton* makeLink(const QString& name, const QString& text, const SampleFilter& filter,
        SampleOrder order = SampleOrder::Imported);
    QWidget* makeTile(QPushButton* number, const QString& title, const QString& rule);

    Services m_services;
    DataAccess* m_access;
    BackgroundWork m_task;
    Card* m_card;
    Chip* m_stale;
    QComboBox* m_model;
    QSpinBox* m_length;
    QComboBox* m_heldOut;
    std::vector<std::pair<QString, SampleFilter>> m_heldOutChoices;
    QPushButton* m_check;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    QLabel* m_problem;
    StateStack* m_stack;
    QScrollArea* m_scroll;
    std::vector<ProjectModel> m_models;
    std::optional<StoredOverview> m_shown;
    qint64 m_samples = 0;
    bool m_loading = false;
};

} // namespace assay
