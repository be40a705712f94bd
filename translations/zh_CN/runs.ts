<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Runs</name>
    <message>
        <source>%1, held-out</source>
        <translation>%1，留出</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>%1, %2, %3, loss %4</source>
        <translation>%1，%2，%3，损失 %4</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>held-out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>loss, nats a token</source>
        <translation>损失，nat/词元</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>tokens a second</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>evaluating</source>
        <translation>评估中</translation>
    </message>
    <message>
        <source>saving a checkpoint</source>
        <translation>正在保存检查点</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>pre-train</source>
        <translation>预训练</translation>
    </message>
    <message>
        <source>full</source>
        <translation>全量</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 步</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 epochs</source>
        <translation>%1 轮</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>还剩 %n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>还剩 %n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) left</source>
        <translation>
            <numerusform>还剩 %n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>DPO</source>
        <translation>DPO</translation>
    </message>
</context>
<context>
    <name>assay::FindingsView</name>
    <message>
        <source>step at epoch start: rows seen before</source>
        <translation>轮起始处的阶跃：各行此前已见过</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>非数值</translation>
    </message>
    <message>
        <source>jump</source>
        <translation>突跳</translation>
    </message>
    <message>
        <source>lowest before it rises</source>
        <translation>回升前的最低点</translation>
    </message>
    <message>
        <source>best evaluation</source>
        <translation>最佳评估</translation>
    </message>
    <message>
        <source>first loss</source>
        <translation>首个损失</translation>
    </message>
    <message>
        <source>What the curves show</source>
        <translation>曲线说明了什么</translation>
    </message>
    <message numerus="yes">
        <source>Nothing unusual: none of the %n rules applies.</source>
        <translation>
            <numerusform>无异常：%n 条规则均不适用。</numerusform>
        </translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>caution</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>rule: %1 · %2</source>
        <translation>规则：%1 · %2</translation>
    </message>
    <message>
        <source>Show step %1</source>
        <translation>显示第 %1 步</translation>
    </message>
</context>
<context>
    <name>assay::RunControls</name>
    <message>
        <source>pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>保存检查点</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Checkpoint now</source>
        <translation>立即保存检查点</translation>
    </message>
    <message>
        <source>Save the model as it is after the step under way</source>
        <translation>当前步完成后按原样保存模型</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>End the run after the step under way; a checkpoint is written, so that it can go on later</source>
        <translation>当前步完成后结束运行；会写入检查点，以便日后继续</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start again from the last checkpoint; the run lives on without this window</source>
        <translation>从最后一个检查点重新开始；关闭此窗口后运行仍会继续</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>%1 asked</source>
        <translation>已请求%1</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1：完成</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>the process ended before it answered</source>
        <translation>进程在应答前已结束</translation>
    </message>
    <message>
        <source>going on asked</source>
        <translation>已请求继续</translation>
    </message>
    <message>
        <source>goes on as process %1</source>
        <translation>以进程 %1 继续</translation>
    </message>
</context>
<context>
    <name>assay::RunDetails</name>
    <message>
        <source>samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>The rows behind a step, highest loss first</source>
        <translation>某一步背后的各行，损失最高者在前</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Loss of each channel</source>
        <translation>各通道的损失</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Greedy answers to the same prompts at each evaluation</source>
        <translation>每次评估时对相同提示的贪心答案</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Parameters of the run, beside those of the others drawn</source>
        <translation>此运行的参数，与所绘其他运行的参数并列</translation>
    </message>
    <message>
        <source>checkpoints</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Models saved on the way</source>
        <translation>途中保存的模型</translation>
    </message>
    <message>
        <source>log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What the process said</source>
        <translation>进程的输出</translation>
    </message>
    <message>
        <source>Open in Data</source>
        <translation>在“数据”中打开</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>检视</translation>
    </message>
    <message>
        <source>Compare with its start</source>
        <translation>与起点比较</translation>
    </message>
    <message>
        <source>only what differs</source>
        <translation>仅显示差异</translation>
    </message>
    <message>
        <source>Samples of the step</source>
        <translation>该步的样本</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Nats a trained token, under the weights of that step</source>
        <translation>每个训练词元的奈特数，按该步的权重计算</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Trained ones</source>
        <translation>参与训练的词元</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>question</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>loss now</source>
        <translation>当前损失</translation>
    </message>
    <message>
        <source>Smoothed over about ten points; the curve is the run</source>
        <translation>按约十个点平滑；曲线为该运行</translation>
    </message>
    <message>
        <source>last 50</source>
        <translation>最近 50 点</translation>
    </message>
    <message>
        <source>Change of the smoothed loss over the last 50 points</source>
        <translation>平滑损失在最近 50 个点上的变化</translation>
    </message>
    <message>
        <source>Share of the trained tokens</source>
        <translation>占训练词元的比例</translation>
    </message>
    <message>
        <source>held-out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>Loss at the last evaluation</source>
        <translation>最近一次评估的损失</translation>
    </message>
    <message>
        <source>Answers at each evaluation</source>
        <translation>每次评估的答案</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>运行日志</translation>
    </message>
    <message>
        <source>No run chosen</source>
        <translation>未选择运行</translation>
    </message>
    <message>
        <source>What stands behind its curves appears here.</source>
        <translation>曲线背后的内容显示在这里。</translation>
    </message>
    <message>
        <source>No samples in this log</source>
        <translation>此日志中没有样本</translation>
    </message>
    <message>
        <source>Other trainers do not record which rows a step was trained on. Runs of Assay do.</source>
        <translation>其他训练程序不记录每一步训练了哪些行，Assay 的运行会记录。</translation>
    </message>
    <message>
        <source>No step chosen</source>
        <translation>未选择步</translation>
    </message>
    <message>
        <source>Click a point of the curve, or press Return on it: the rows of that step appear here, the highest loss first.</source>
        <translation>点击曲线上的点，或在其上按 Return：该步的各行显示在这里，损失最高者在前。</translation>
    </message>
    <message>
        <source>The samples cannot be read</source>
        <translation>无法读取样本</translation>
    </message>
    <message>
        <source>No rows at step %1</source>
        <translation>第 %1 步没有行</translation>
    </message>
    <message>
        <source>No row was recorded for this step.</source>
        <translation>此步没有记录任何行。</translation>
    </message>
    <message numerus="yes">
        <source>step %1 · %n row(s) · %2 trained tokens</source>
        <translation>
            <numerusform>第 %1 步 · %n 行 · %2 个训练词元</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the curves</source>
        <translation>正在解读曲线</translation>
    </message>
    <message>
        <source>No channels</source>
        <translation>没有通道</translation>
    </message>
    <message>
        <source>This run does not record the loss of each source of its data.</source>
        <translation>此运行不按数据来源分别记录损失。</translation>
    </message>
    <message>
        <source>No answers in this log</source>
        <translation>此日志中没有答案</translation>
    </message>
    <message>
        <source>Runs of Assay answer the same prompts at each evaluation.</source>
        <translation>Assay 的运行在每次评估时回答相同的提示。</translation>
    </message>
    <message>
        <source>No answers yet</source>
        <translation>尚无答案</translation>
    </message>
    <message>
        <source>At each evaluation the model answers the same prompts; they appear here side by side.</source>
        <translation>每次评估时，模型都会回答相同的提示；答案并排显示在这里。</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>参考答案</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>Before training</source>
        <translation>训练前</translation>
    </message>
    <message>
        <source>Held out: never trained on</source>
        <translation>留出：从未参与训练</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>No settings</source>
        <translation>没有设置</translation>
    </message>
    <message>
        <source>This log does not say how the run was set up.</source>
        <translation>此日志未说明运行的设置。</translation>
    </message>
    <message>
        <source>No differences</source>
        <translation>没有差异</translation>
    </message>
    <message>
        <source>These runs were set up alike.</source>
        <translation>这些运行的设置相同。</translation>
    </message>
    <message>
        <source>No checkpoints here</source>
        <translation>此处没有检查点</translation>
    </message>
    <message>
        <source>Open the model folder of this run in Inspect.</source>
        <translation>请在“检视”中打开此运行的模型文件夹。</translation>
    </message>
    <message>
        <source>No checkpoint yet</source>
        <translation>尚无检查点</translation>
    </message>
    <message>
        <source>“Checkpoint now” saves the model as it is.</source>
        <translation>“立即保存检查点”会按原样保存模型。</translation>
    </message>
    <message>
        <source>No log here</source>
        <translation>此处没有日志</translation>
    </message>
    <message>
        <source>Only the curves of this run were opened.</source>
        <translation>只打开了此运行的曲线。</translation>
    </message>
    <message>
        <source>The log is empty</source>
        <translation>日志为空</translation>
    </message>
    <message>
        <source>The process has said nothing yet.</source>
        <translation>进程尚无输出。</translation>
    </message>
</context>
<context>
    <name>assay::RunsPanel</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 个运行</numerusform>
        </translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>尚无运行</translation>
    </message>
    <message>
        <source>Runs appear here as soon as they start. Logs of other trainers can be opened or dropped here: TensorBoard event files, trainer_state.json, trainer_log.jsonl, logging.jsonl.</source>
        <translation>运行一开始就会显示在这里。其他训练程序的日志可在此打开或拖入：TensorBoard 事件文件、trainer_state.json、trainer_log.jsonl、logging.jsonl。</translation>
    </message>
    <message>
        <source>Open log…</source>
        <translation>打开日志…</translation>
    </message>
    <message>
        <source>Looking for runs</source>
        <translation>正在查找运行</translation>
    </message>
    <message>
        <source>Resume the run</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Pause the run</source>
        <translation>暂停运行</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>No run chosen</source>
        <translation>未选择运行</translation>
    </message>
    <message>
        <source>The curves of the chosen run stand here.</source>
        <translation>所选运行的曲线显示在这里。</translation>
    </message>
    <message>
        <source>This run has no curve</source>
        <translation>此运行没有曲线</translation>
    </message>
    <message>
        <source>Reading the curves</source>
        <translation>正在解读曲线</translation>
    </message>
    <message>
        <source>No step has been taken yet</source>
        <translation>尚未执行任何步</translation>
    </message>
    <message>
        <source>The curve begins with the first step.</source>
        <translation>曲线从第一步开始。</translation>
    </message>
    <message>
        <source>This log has no numbers</source>
        <translation>此日志没有数值</translation>
    </message>
    <message>
        <source>Its trainer has not written any yet.</source>
        <translation>其训练程序尚未写入数值。</translation>
    </message>
    <message>
        <source>It holds only texts: %1. They stand under settings.</source>
        <translation>其中只有文本：%1。它们列在“设置”下。</translation>
    </message>
    <message>
        <source>The process that worked on this run is gone. “Go on” starts again from the last checkpoint.</source>
        <translation>处理此运行的进程已不存在。“继续”会从最后一个检查点重新开始。</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) of the log could not be read; the first: %1</source>
        <translation>
            <numerusform>日志有 %n 处无法读取；第一处：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last record of the log is not whole (%n byte(s)): it is being written, or its writer was killed.</source>
        <translation>
            <numerusform>日志的最后一条记录不完整（%n 字节）：正在写入，或写入程序已被终止。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading · %n finding(s)</source>
        <translation>
            <numerusform>解读 · %n 个发现</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>解读</translation>
    </message>
    <message>
        <source>A log of another trainer: TensorBoard event files, trainer_state.json, trainer_log.jsonl, logging.jsonl, or a folder of them</source>
        <translation>其他训练程序的日志：TensorBoard 事件文件、trainer_state.json、trainer_log.jsonl、logging.jsonl，或包含它们的文件夹</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>Runs of the project</source>
        <translation>项目的运行</translation>
    </message>
    <message>
        <source>Ctrl-click lays another run over this one</source>
        <translation>Ctrl+点击可将另一个运行叠加到此运行上</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Mean loss of the trained tokens of each step</source>
        <translation>每步训练词元的平均损失</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Loss of each channel of the first run</source>
        <translation>第一个运行各通道的损失</translation>
    </message>
    <message>
        <source>lr</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>grad norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Norm of the gradient before clipping</source>
        <translation>裁剪前的梯度范数</translation>
    </message>
    <message>
        <source>tok/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>Tokens processed a second</source>
        <translation>每秒处理的词元数</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Any other curve that the log has</source>
        <translation>日志中的任何其他曲线</translation>
    </message>
    <message>
        <source>Other curve</source>
        <translation>其他曲线</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Lay runs beside each other by step</source>
        <translation>按步对齐各运行</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>By tokens seen</source>
        <translation>按已见词元数</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>By time since the beginning</source>
        <translation>按开始以来的时间</translation>
    </message>
    <message>
        <source>lin</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Linear axis</source>
        <translation>线性坐标轴</translation>
    </message>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Logarithmic axis; values of 0 and below are left out</source>
        <translation>对数坐标轴；0 及以下的值不显示</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Weight of the moving average; the values themselves stay visible behind it</source>
        <translation>移动平均的权重；原始值仍显示在其后</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show the whole run again after zooming (or double-click the plot, or press 0 on it)</source>
        <translation>缩放后重新显示整个运行（也可双击图表，或在图表上按 0）</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Values at the cursor</source>
        <translation>光标处的值</translation>
    </message>
    <message>
        <source>line</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>At the cursor; at the end of the curve where there is none</source>
        <translation>光标处的值；没有光标时为曲线末端的值</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>平滑值</translation>
    </message>
    <message>
        <source>Open a log of another trainer…</source>
        <translation>打开其他训练程序的日志…</translation>
    </message>
    <message>
        <source>Take this log out of the list</source>
        <translation>从列表中移除此日志</translation>
    </message>
    <message>
        <source>Save a checkpoint now</source>
        <translation>立即保存检查点</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>停止运行</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint</source>
        <translation>从最后一个检查点继续</translation>
    </message>
    <message>
        <source>Show the whole curve</source>
        <translation>显示整条曲线</translation>
    </message>
    <message>
        <source>Linear or logarithmic axis</source>
        <translation>线性或对数坐标轴</translation>
    </message>
    <message>
        <source>Go to the curve</source>
        <translation>转到曲线</translation>
    </message>
    <message>
        <source>**Runs** shows the training runs of the project while they happen and afterwards, and logs of other trainers beside them (open or drop a TensorBoard event file, trainer_state.json, trainer_log.jsonl or logging.jsonl, or a folder of them).

The faint line is what was measured at each step, the strong one its moving average, squares are evaluations on rows that are not trained on, triangles at the top are values that are not numbers. Dotted lines are where an epoch begins.

**In the plot**: the wheel zooms, dragging zooms into a stretch, Shift and dragging pans, a double click or `0` shows everything, Ctrl and the wheel scale the values. Arrow keys move the cursor by a point (Shift: 10, Ctrl: 100); Return or a click shows the rows of that step, those with the highest loss first.

**Reading** says what the curves show, by which rule, and what to do first.

A run goes on when this window is closed. *Stop* writes a checkpoint; *Go on* starts again from it.</source>
        <translation>**运行**在训练进行时及结束后显示项目的训练运行，并与其他训练程序的日志并列（打开或拖入 TensorBoard 事件文件、trainer_state.json、trainer_log.jsonl 或 logging.jsonl，或包含它们的文件夹）。

细淡的线是每一步的测量值，粗线是其移动平均，方块是在未参与训练的行上的评估，顶部的三角形是非数值。虚线是每一轮的起点。

**在图表中**：滚轮缩放，拖动可放大一段，Shift+拖动平移，双击或按 `0` 显示全部，Ctrl+滚轮缩放数值轴。方向键将光标移动一个点（Shift：10，Ctrl：100）；按 Return 或点击显示该步的各行，损失最高者在前。

**解读**说明曲线显示了什么、依据哪条规则，以及首先该做什么。

关闭此窗口后运行仍会继续。*停止*会写入检查点；*继续*从该检查点重新开始。</translation>
    </message>
    <message>
        <source>The loss of this trainer is the mean since the line before, not that of one step.</source>
        <translation>此训练程序的损失是自上一行以来的平均值，而非单步的损失。</translation>
    </message>
    <message>
        <source>Read only: the file stays as it is.</source>
        <translation>只读：文件保持不变。</translation>
    </message>
    <message>
        <source>Points of the curves</source>
        <translation>曲线的点</translation>
    </message>
    <message>
        <source>%1 · step %2</source>
        <translation>%1 · 第 %2 步</translation>
    </message>
    <message>
        <source>Open a training log</source>
        <translation>打开训练日志</translation>
    </message>
    <message>
        <source>Training logs (*.tfevents.* trainer_state.json trainer_log.jsonl logging.jsonl *.json *.jsonl);;All files (*)</source>
        <translation>训练日志 (*.tfevents.* trainer_state.json trainer_log.jsonl logging.jsonl *.json *.jsonl);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>assay::ValueModel</name>
    <message>
        <source>rises</source>
        <translation>上升</translation>
    </message>
    <message>
        <source>falls</source>
        <translation>下降</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
</context>
</TS>
