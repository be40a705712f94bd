#include "ui/panels/train/source_pickers.h"

#include "core/job/adapter_file.h"
#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/menu_heading.h"
#include "ui/common/selection_context.h"
#include "ui/common/settings.h"
#include "ui/panels/train/train_draft.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLocale>
#include <QMenu>

#include <algorithm>

namespace assay {

namespace {

/// In the order of the switches.
constexpr const char* kinds[] = {"sft", "pretrain", "dpo"};
constexpr const char* adapterKinds[] = {"none", "lora", "rslora", "dora"};

QString modelName(const ProjectModel& model) {
    return model.step >= 0
        ? SourcePickers::tr("%1 · step %2").arg(model.name, QLocale().toString(model.step))
        : model.name;
}

QString counted(const QString& name, qint64 samples) {
    return samples < 0
        ? name
        : SourcePickers::tr("%1 · %2 samples").arg(name, QLocale().toString(samples));
}

QString textOf(const TrainDraft* draft, const char* key) {
    return TrainDraft::valueText(draft->value(QString::fromLatin1(key)));
}

} // namespace

SourcePickers::SourcePickers(const Services& services, TrainDraft* draft, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_draft(draft) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10));
    grid->setHorizontalSpacing(scaled(8));
    grid->setVerticalSpacing(scaled(8));
    grid->setColumnMinimumWidth(0, scaled(72));
    grid->setColumnStretch(1, 1);
    const auto picker = [&](int row, const QString& label, const QString& help) {
        auto* button = new QPushButton;
        setLook(button, "picker");
        button->setMenu(new QMenu(button));
        button->menu()->setToolTipsVisible(true);
        button->setAccessibleName(label);
        button->setToolTip(help);
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        grid->addWidget(makeLabel(label), row, 0);
        grid->addWidget(button, row, 1);
        return button;
    };
    m_model = picker(0, tr("Model"), tr("The weights that the run starts from"));
    m_data = picker(1, tr("Data"), tr("The rows that are learnt"));
    m_method = new SegmentedSwitch;
    m_method->add(tr("fine-tune answers"), tr("The loss is taken on the answers of conversations"));
    m_method->add(tr("pre-train on text"), tr("The loss is taken on every token of plain text"));
    m_method->add(tr("prefer answers"),
        tr("Pairs of a better and a worse answer: direct preference optimisation (DPO)"));
    grid->addWidget(makeLabel(tr("Method")), 2, 0);
    grid->addWidget(m_method, 2, 1, Qt::AlignLeft);
    m_weights = new SegmentedSwitch;
    m_weights->add(tr("all weights"), tr("The model's own weights are trained"));
    m_weights->add(tr("LoRA"), tr("A low-rank adapter is trained; the model stays as it is"));
    m_weights->add(tr("rsLoRA"), tr("LoRA scaled by the root of its rank, for large ranks"));
    m_weights->add(tr("DoRA"), tr("LoRA that also learns the length of each row of a weight"));
    grid->addWidget(makeLabel(tr("Trained")), 3, 0);
    grid->addWidget(m_weights, 3, 1, Qt::AlignLeft);
    connect(m_model->menu(), &QMenu::aboutToShow, this, &SourcePickers::fillModels);
    connect(m_data->menu(), &QMenu::aboutToShow, this, &SourcePickers::fillData);
    connect(m_method, &SegmentedSwitch::changed, this,
        [this](int index) { m_draft->setValue(QStringLiteral("kind"), kinds[index]); });
    connect(m_weights, &SegmentedSwitch::changed, this, [this](int index) {
        m_draft->setValue(QStringLiteral("adapter.kind"), adapterKinds[index]);
    });
    connect(m_draft, &TrainDraft::changed, this, &SourcePickers::show);
    show();
}

void SourcePickers::setSources(const TrainSources& sources) {
    m_sources = sources;
    show();
}

void SourcePickers::setModels(const std::vector<ProjectModel>& models) {
    m_models = models;
    show();
}

void SourcePickers::chooseModel(const QString& folder) {
    Json values = {{"model.path", folder.toStdString()}, {"model.shape", nullptr},
        {"model.tokenizer", ""}, {"adapter.start", ""}};
    // An adapter is gone on from, over the model that it belongs to.
    const std::filesystem::path path = folder.toStdString();
    if (const auto config = readAdapterConfig(path)) {
        values["adapter.start"] = folder.toStdString();
        values["adapter.kind"] = config->decomposed ? "dora"
            : config->rankStabilised                ? "rslora"
                                                    : "lora";
        if (const auto base = baseFolderOf(path, {}))
            values["model.path"] = base->string();
    }
    m_draft->setValues(values);
}

void SourcePickers::chooseView(const QString& view) {
    m_draft->setValues({{"data.project", m_services.selection->project().toStdString()},
        {"data.view", view.toStdString()}, {"data.files", Json::array()}, {"data.tokenized", ""}});
}

void SourcePickers::chooseFiles(const QStringList& files) {
    Json list = Json::array();
    for (const QString& file : files)
        list.push_back(file.toStdString());
    m_draft->setValues(
        {{"data.project", ""}, {"data.view", ""}, {"data.files", list}, {"data.tokenized", ""}});
}

void SourcePickers::fillModels() {
    QMenu* menu = m_model->menu();
    menu->clear();
    const QString now = textOf(m_draft, "model.path");
    const auto add = [&](const QString& name, const QString& folder) {
        QAction* action = menu->addAction(name);
        action->setToolTip(folder);
        action->setCheckable(true);
        action->setChecked(folder == now);
        connect(action, &QAction::triggered, this, [this, folder] { chooseModel(folder); });
    };
    for (const bool tuned : {false, true}) {
        bool isFirst = true;
        for (const ProjectModel& model : m_models) {
            if (model.tuned != tuned)
                continue;
            if (isFirst)
                addMenuHeading(menu, tuned ? tr("Fine-tuned") : tr("Base"));
            isFirst = false;
            add(modelName(model), model.folder);
        }
    }
    QStringList opened = m_services.settings
        ? m_services.settings->get(Settings::keys().openedModels)
        : QStringList();
    for (const ProjectModel& model : m_models)
        opened.removeAll(model.folder);
    if (!opened.isEmpty())
        addMenuHeading(menu, tr("Opened"));
    for (const QString& folder : std::as_const(opened))
        add(QDir(folder).dirName(), folder);
    menu->addSeparator();
    connect(menu->addAction(tr("Open model folder…")), &QAction::triggered, this,
        &SourcePickers::askForModel);
    connect(menu->addAction(tr("New tiny model…")), &QAction::triggered, this,
        &SourcePickers::newModelWanted);
}

void SourcePickers::fillData() {
    QMenu* menu = m_data->menu();
    menu->clear();
    const bool hasProject = !m_services.selection->project().isEmpty();
    const QString view = textOf(m_draft, "data.view");
    const bool isProject = !textOf(m_draft, "data.project").isEmpty();
    const auto add = [&](const QString& name, const QString& value) {
        QAction* action = menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(isProject && view == value);
        connect(action, &QAction::triggered, this, [this, value] { chooseView(value); });
        return action;
    };
    if (hasProject) {
        addMenuHeading(
            menu, tr("Of the project; rejected samples only where a view asks for them"));
        add(counted(tr("Everything"), m_sources.samples), QString());
        QAction* filter = add(
            tr("What the table is filtered to now"), filterText(m_services.selection->filter()));
        filter->setEnabled(m_services.selection->filter() != SampleFilter());
        if (!m_sources.views.empty())
            addMenuHeading(menu, tr("Saved views"));
        for (const TrainSources::View& one : m_sources.views)
            add(counted(one.name, one.samples), one.name);
        if (m_sources.channels.size() > 1) {
            QMenu* channels = menu->addMenu(tr("One channel"));
            for (const TrainSources::View& channel : m_sources.channels) {
                SampleFilter only;
                only.channels = {channel.name.toStdString()};
                const QString text = filterText(only);
                QAction* action = channels->addAction(counted(channel.name, channel.samples));
                connect(action, &QAction::triggered, this, [this, text] { chooseView(text); });
            }
        }
        menu->addSeparator();
    }
    connect(menu->addAction(tr("Files…")), &QAction::triggered, this, &SourcePickers::askForFiles);
}

void SourcePickers::askForModel() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Model folder"));
    if (folder.isEmpty())
        return;
    if (m_services.settings)
        m_services.settings->rememberModel(folder);
    chooseModel(folder);
}

void SourcePickers::askForFiles() {
    const QStringList files = QFileDialog::getOpenFileNames(this, tr("Files to learn"));
    if (!files.isEmpty())
        chooseFiles(files);
}

QString SourcePickers::modelText() const {
    const QString path = textOf(m_draft, "model.path");
    if (!path.isEmpty()) {
        for (const ProjectModel& model : m_models)
            if (model.folder == path)
                return modelName(model);
        const QDir folder(path); // "step-90" alone says little
        return folder.dirName().startsWith(QStringLiteral("step-"))
            ? tr("%1 · %2").arg(QFileInfo(QFileInfo(path).path()).dir().dirName(), folder.dirName())
            : folder.dirName();
    }
    if (m_draft->value(QStringLiteral("model.shape")).is_object())
        return m_draft->facts().parameters > 0 && m_draft->facts().randomStart
            ? tr("New model · %1 parameters")
                  .arg(QLocale().toString(qint64(m_draft->facts().parameters)))
            : tr("New model from random weights");
    return tr("Choose a model…");
}

QString SourcePickers::dataText() const {
    const Json& files = m_draft->value(QStringLiteral("data.files"));
    if (files.is_array() && !files.empty()) {
        const QString first
            = QFileInfo(QString::fromStdString(files.front().get<std::string>())).fileName();
        return files.size() == 1 ? first
                                 : tr("%1 and %n more", nullptr, int(files.size()) - 1).arg(first);
    }
    if (const QString ids = textOf(m_draft, "data.tokenized"); !ids.isEmpty())
        return tr("%1 (ready ids)").arg(QFileInfo(ids).fileName());
    if (textOf(m_draft, "data.project").isEmpty())
        return tr("Choose the data…");
    const QString view = textOf(m_draft, "data.view");
    if (view.isEmpty())
        return counted(tr("The whole project"), m_sources.samples);
    if (!view.startsWith(QLatin1Char('{'))) {
        for (const TrainSources::View& one : m_sources.views)
            if (one.name == view)
                return counted(tr("View “%1”").arg(view), one.samples);
        return tr("View “%1”").arg(view);
    }
    return tr("Filter %1").arg(view);
}

void SourcePickers::show() {
    const auto put = [](QPushButton* button, const QString& text, const QString& tip) {
        // The button is as wide as the card leaves it; a long name is shortened, the tip holds it.
        const int room = qMax(scaled(180), button->width() - scaled(44));
        button->setText(button->fontMetrics().elidedText(text, Qt::ElideMiddle, room));
        button->setToolTip(tip);
        button->setAccessibleDescription(text);
    };
    put(m_model, modelText(), textOf(m_draft, "model.path"));
    put(m_data, dataText(),
        textOf(m_draft, "data.project").isEmpty() ? textOf(m_draft, "data.files")
                                                  : textOf(m_draft, "data.view"));
    const auto choose = [this](SegmentedSwitch* which, const auto& names, const char* key) {
        const QSignalBlocker quiet(which);
        const std::string now = textOf(m_draft, key).toStdString();
        const auto found = std::ranges::find(names, now);
        which->setCurrent(found == std::end(names) ? 0 : int(found - std::begin(names)));
    };
    choose(m_method, kinds, "kind");
    choose(m_weights, adapterKinds, "adapter.kind");
}

} // namespace assay
