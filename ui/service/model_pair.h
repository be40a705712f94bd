#pragma once

#include "core/analysis/compare_batch.h"
#include "ui/service/engine_models.h"
#include "ui/service/paired_record.h"

namespace assay {

/// Asks the engine about two models at once, loading them where needed. One object for each asker;
/// it lives on the window's thread. Numbers returned are for `cancel`.
class ModelPair final : public QObject {
    Q_OBJECT

public:
    struct Folders {
        QString base;
        QString tuned;
        bool operator==(const Folders&) const = default;
    };
    struct Loaded {
        LoadedModel base;
        LoadedModel tuned;
    };
    explicit ModelPair(EngineModels* models, QObject* parent = nullptr);

    /// Both models, loaded.
    void acquire(const Folders& folders, QObject* guard, std::function<void(Result<Loaded>)> done);

    /// `params` as analysis.compare_text takes them, without the models. `progress` gets the tokens
    /// received.
    quint64 compareText(const Folders& folders, Json params, QObject* guard,
        std::function<void(qint64)> progress, std::function<void(Result<PairedRecord>)> done);
    /// Aggregates of one sample (analysis.compare_case), or both models' answers to it
    /// (analysis.answer_both), after everything interactive.
    quint64 compareCase(const Folders& folders, BatchTask task, Json params, QObject* guard,
        std::function<void(Result<Json>)> done);
    /// text.generate under one model; `onText` gets the text as it comes.
    quint64 generate(const QString& folder, Json params, QObject* guard,
        std::function<void(const QString&)> onText, std::function<void(Result<Json>)> done);
    void cancel(quint64 number);
    bool isOpen(quint64 number) const { return m_open.contains(number); }

private:
    quint64 ask(const Folders& folders, std::string method, Json params, QObject* guard,
        EngineSession::Reply reply, EngineSession::Notify notify);

    EngineModels* m_models;
    QHash<quint64, EngineSession::RequestId> m_open; ///< 0 while models are being loaded
    quint64 m_next = 1;
};

} // namespace assay
