<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>assay::ActivityRail</name>
    <message>
        <source>DATA</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>TRAIN</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>ANALYSE</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1（Ctrl+%2）</translation>
    </message>
</context>
<context>
    <name>assay::CommandPalette</name>
    <message>
        <source>Search samples, panels and commands</source>
        <translation>搜索样本、面板和命令</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>匹配项</translation>
    </message>
</context>
<context>
    <name>assay::HelpDrawer</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the help</source>
        <translation>关闭帮助</translation>
    </message>
    <message>
        <source>### What is selected</source>
        <translation>### 当前选中</translation>
    </message>
    <message>
        <source>### Keys here</source>
        <translation>### 此处的按键</translation>
    </message>
    <message>
        <source>### Keys everywhere</source>
        <translation>### 通用按键</translation>
    </message>
    <message>
        <source>- **Ctrl+K** search samples, panels and commands
- **Ctrl+1** to **Ctrl+9** panels
- **F1** this help</source>
        <translation>- **Ctrl+K** 搜索样本、面板和命令
- **Ctrl+1** 至 **Ctrl+9** 切换面板
- **F1** 本帮助</translation>
    </message>
</context>
<context>
    <name>assay::MainWindow</name>
    <message>
        <source>%1 – Assay</source>
        <translation>%1 – Assay</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Start page</source>
        <translation>起始页</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Search samples, panels and commands</source>
        <translation>搜索样本、面板和命令</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>偏好设置…</translation>
    </message>
    <message>
        <source>Restart the engine</source>
        <translation>重启引擎</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>没有打开任何内容</translation>
    </message>
    <message>
        <source>Picture of %1</source>
        <translation>%1 的图片</translation>
    </message>
    <message>
        <source>%1 is saved.</source>
        <translation>%1 已保存。</translation>
    </message>
    <message>
        <source>Show alone</source>
        <translation>单独显示</translation>
    </message>
    <message>
        <source>Show beside the current panel</source>
        <translation>显示在当前面板旁边</translation>
    </message>
    <message>
        <source>Show in a window of its own</source>
        <translation>在独立窗口中显示</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>panel</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>%1 beside the current panel</source>
        <translation>在当前面板旁显示%1</translation>
    </message>
    <message>
        <source>layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Export: %1</source>
        <translation>导出：%1</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>sample %1 · %2</source>
        <translation>样本 %1 · %2</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Choose a data file</source>
        <translation>选择数据文件</translation>
    </message>
    <message>
        <source>Data (*.json *.jsonl *.csv *.tsv *.txt);;All files (*)</source>
        <translation>数据 (*.json *.jsonl *.csv *.tsv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <source>Choose a trainer&apos;s log</source>
        <translation>选择训练日志</translation>
    </message>
    <message>
        <source>Logs (events.out.tfevents.* *.json *.jsonl);;All files (*)</source>
        <translation>日志 (events.out.tfevents.* *.json *.jsonl);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Saving %1…</source>
        <translation>正在保存 %1…</translation>
    </message>
</context>
<context>
    <name>assay::PanelTitle</name>
    <message>
        <source>Own window</source>
        <translation>独立窗口</translation>
    </message>
    <message>
        <source>Alone</source>
        <translation>单独</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dock</source>
        <translation>停靠</translation>
    </message>
</context>
<context>
    <name>assay::Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Also changed by Ctrl+Shift+L.</source>
        <translation>也可用 Ctrl+Shift+L 切换。</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>密度</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The engine of this machine</source>
        <translation>本机引擎</translation>
    </message>
    <message>
        <source>Engine command</source>
        <translation>引擎命令</translation>
    </message>
    <message>
        <source>The command that starts the engine, for example: ssh HOST assay-cli serve --stdio. Paths of models are then that machine&apos;s.</source>
        <translation>启动引擎的命令，例如：ssh HOST assay-cli serve --stdio。此时模型路径是那台机器上的路径。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Folder for projects</source>
        <translation>项目文件夹</translation>
    </message>
    <message>
        <source>Where files that are dropped on the start page get their projects.</source>
        <translation>拖到起始页的文件，其项目建在这里。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Comfortable is 15 % larger. In effect when these preferences are closed.</source>
        <translation>“宽松”大 15 %。关闭此首选项窗口后生效。</translation>
    </message>
    <message>
        <source>In effect when these preferences are closed: the window is built anew and shows the same again. Runs go on meanwhile.</source>
        <translation>关闭此首选项窗口后生效：窗口会重新构建并显示原来的内容。期间运行不会中断。</translation>
    </message>
</context>
<context>
    <name>assay::StartPage</name>
    <message>
        <source>Begin with what you have</source>
        <translation>从手头的东西开始</translation>
    </message>
    <message>
        <source>Drop it anywhere on this window. Each alone is enough; nothing leaves this machine.</source>
        <translation>拖到此窗口任意位置即可。任何一样就够了；数据不会离开这台机器。</translation>
    </message>
    <message>
        <source>A data file</source>
        <translation>一个数据文件</translation>
    </message>
    <message>
        <source>Alpaca, ShareGPT, OpenAI messages, CSV and other tables. You see what is in it, what is doubled, cut off or contradictory, and can review every row.</source>
        <translation>Alpaca、ShareGPT、OpenAI messages、CSV 等表格。可以看到里面有什么，哪些重复、被截断或互相矛盾，并能逐行审阅。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>A model folder</source>
        <translation>一个模型文件夹</translation>
    </message>
    <message>
        <source>A Hugging Face folder with config.json and weights. You see what it makes of any text, token by token, and what it would have said instead.</source>
        <translation>带 config.json 和权重的 Hugging Face 文件夹。可以逐个词元查看它如何看待任意文本，以及它本来会说什么。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>A trainer&apos;s log</source>
        <translation>一份训练日志</translation>
    </message>
    <message>
        <source>TensorBoard event files, trainer_state.json, trainer_log.jsonl or logging.jsonl. You see its curves, and what is odd about them.</source>
        <translation>TensorBoard 事件文件、trainer_state.json、trainer_log.jsonl 或 logging.jsonl。可以看到曲线，以及其中的异常。</translation>
    </message>
    <message>
        <source>Choose a log…</source>
        <translation>选择日志…</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>A project is a folder that ends in .assay. It holds your samples, every decision about them, and the runs that were trained on them.</source>
        <translation>项目是以 .assay 结尾的文件夹，保存样本、对样本的每个决定，以及用它们训练的运行。</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>No material at hand?</source>
        <translation>手头没有材料？</translation>
    </message>
    <message>
        <source>Start page</source>
        <translation>起始页</translation>
    </message>
    <message>
        <source>What is dropped here gets a project of its own in %1.</source>
        <translation>拖到这里的内容会在 %1 中得到自己的项目。</translation>
    </message>
    <message>
        <source>The demo&apos;s models are being trained on this machine. %1</source>
        <translation>正在本机训练演示模型。%1</translation>
    </message>
    <message>
        <source>The demo is a tiny invented model that was taught wrong answers on purpose, so that each cause can be seen. It is trained here, which takes a few minutes the first time.</source>
        <translation>演示是一个特意教错的微型虚构模型，让每种原因都看得见。它在本机训练，第一次需要几分钟。</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>打开演示</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Make the demo</source>
        <translation>生成演示</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>正在打开 %1…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>assay::StatusLine</name>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Restart the engine</source>
        <translation>重启引擎</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Engine not started</source>
        <translation>引擎未启动</translation>
    </message>
    <message>
        <source>Engine starting…</source>
        <translation>引擎启动中…</translation>
    </message>
    <message numerus="yes">
        <source>Engine ready · %n thread(s)</source>
        <translation>
            <numerusform>引擎就绪 · %n 线程</numerusform>
        </translation>
    </message>
    <message>
        <source>Engine ready</source>
        <translation>引擎就绪</translation>
    </message>
    <message>
        <source> · step %1/%2</source>
        <translation> · 步 %1/%2</translation>
    </message>
    <message>
        <source> · loss %1</source>
        <translation> · 损失 %1</translation>
    </message>
</context>
<context>
    <name>assay::TopBar</name>
    <message>
        <source>Search samples, panels and commands</source>
        <translation>搜索样本、面板和命令</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>base</source>
        <translation>基座</translation>
    </message>
    <message>
        <source>tuned</source>
        <translation>微调</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Project folder to open; or a data file, a model folder or a trainer&apos;s log.</source>
        <translation>要打开的项目文件夹；或数据文件、模型文件夹、训练日志。</translation>
    </message>
</context>
</TS>
