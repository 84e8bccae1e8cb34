// The icons in use. All stand beside a text or inside something that has a name, so they say nothing themselves.

import {
  AimOutlined as PlainAimOutlined,
  AppstoreOutlined as PlainAppstoreOutlined,
  AuditOutlined as PlainAuditOutlined,
  BellOutlined as PlainBellOutlined,
  BoldOutlined as PlainBoldOutlined,
  BranchesOutlined as PlainBranchesOutlined,
  CarOutlined as PlainCarOutlined,
  CheckCircleFilled as PlainCheckCircleFilled,
  CheckCircleOutlined as PlainCheckCircleOutlined,
  CheckOutlined as PlainCheckOutlined,
  CheckSquareOutlined as PlainCheckSquareOutlined,
  ClockCircleOutlined as PlainClockCircleOutlined,
  CloseCircleOutlined as PlainCloseCircleOutlined,
  CloseOutlined as PlainCloseOutlined,
  CloudSyncOutlined as PlainCloudSyncOutlined,
  CopyOutlined as PlainCopyOutlined,
  DeleteOutlined as PlainDeleteOutlined,
  DesktopOutlined as PlainDesktopOutlined,
  DownloadOutlined as PlainDownloadOutlined,
  EditOutlined as PlainEditOutlined,
  ExclamationCircleFilled as PlainExclamationCircleFilled,
  ExclamationCircleOutlined as PlainExclamationCircleOutlined,
  FieldTimeOutlined as PlainFieldTimeOutlined,
  FileDoneOutlined as PlainFileDoneOutlined,
  FileTextOutlined as PlainFileTextOutlined,
  FilterOutlined as PlainFilterOutlined,
  FlagOutlined as PlainFlagOutlined,
  FormOutlined as PlainFormOutlined,
  FunctionOutlined as PlainFunctionOutlined,
  HomeOutlined as PlainHomeOutlined,
  ItalicOutlined as PlainItalicOutlined,
  KeyOutlined as PlainKeyOutlined,
  LeftOutlined as PlainLeftOutlined,
  LinkOutlined as PlainLinkOutlined,
  LoginOutlined as PlainLoginOutlined,
  LogoutOutlined as PlainLogoutOutlined,
  MenuOutlined as PlainMenuOutlined,
  MinusCircleOutlined as PlainMinusCircleOutlined,
  MoonOutlined as PlainMoonOutlined,
  NotificationOutlined as PlainNotificationOutlined,
  OrderedListOutlined as PlainOrderedListOutlined,
  PaperClipOutlined as PlainPaperClipOutlined,
  PlusOutlined as PlainPlusOutlined,
  PlusSquareOutlined as PlainPlusSquareOutlined,
  QuestionCircleOutlined as PlainQuestionCircleOutlined,
  ReloadOutlined as PlainReloadOutlined,
  RightOutlined as PlainRightOutlined,
  RocketOutlined as PlainRocketOutlined,
  RollbackOutlined as PlainRollbackOutlined,
  SaveOutlined as PlainSaveOutlined,
  SearchOutlined as PlainSearchOutlined,
  SendOutlined as PlainSendOutlined,
  SettingOutlined as PlainSettingOutlined,
  ShareAltOutlined as PlainShareAltOutlined,
  SignatureOutlined as PlainSignatureOutlined,
  SolutionOutlined as PlainSolutionOutlined,
  StepForwardOutlined as PlainStepForwardOutlined,
  StopOutlined as PlainStopOutlined,
  StrikethroughOutlined as PlainStrikethroughOutlined,
  SunOutlined as PlainSunOutlined,
  SwapOutlined as PlainSwapOutlined,
  SyncOutlined as PlainSyncOutlined,
  TableOutlined as PlainTableOutlined,
  TeamOutlined as PlainTeamOutlined,
  ThunderboltOutlined as PlainThunderboltOutlined,
  TranslationOutlined as PlainTranslationOutlined,
  UnderlineOutlined as PlainUnderlineOutlined,
  UnorderedListOutlined as PlainUnorderedListOutlined,
  UploadOutlined as PlainUploadOutlined,
  WalletOutlined as PlainWalletOutlined,
  WarningOutlined as PlainWarningOutlined,
} from "@ant-design/icons";
import type { AntdIconProps } from "@ant-design/icons/lib/components/AntdIcon";
import type { ComponentType } from "react";

function silent(Icon: ComponentType<AntdIconProps>) {
  return function SilentIcon(props: AntdIconProps) {
    return <Icon aria-hidden="true" {...props} />;
  };
}

export const AimOutlined = silent(PlainAimOutlined);
export const AppstoreOutlined = silent(PlainAppstoreOutlined);
export const AuditOutlined = silent(PlainAuditOutlined);
export const BellOutlined = silent(PlainBellOutlined);
export const BranchesOutlined = silent(PlainBranchesOutlined);
export const CarOutlined = silent(PlainCarOutlined);
export const CheckCircleFilled = silent(PlainCheckCircleFilled);
export const CheckCircleOutlined = silent(PlainCheckCircleOutlined);
export const CheckOutlined = silent(PlainCheckOutlined);
export const CheckSquareOutlined = silent(PlainCheckSquareOutlined);
export const ClockCircleOutlined = silent(PlainClockCircleOutlined);
export const FieldTimeOutlined = silent(PlainFieldTimeOutlined);
export const CloseCircleOutlined = silent(PlainCloseCircleOutlined);
export const CloseOutlined = silent(PlainCloseOutlined);
export const CloudSyncOutlined = silent(PlainCloudSyncOutlined);
export const CopyOutlined = silent(PlainCopyOutlined);
export const DeleteOutlined = silent(PlainDeleteOutlined);
export const BoldOutlined = silent(PlainBoldOutlined);
export const ItalicOutlined = silent(PlainItalicOutlined);
export const LinkOutlined = silent(PlainLinkOutlined);
export const OrderedListOutlined = silent(PlainOrderedListOutlined);
export const StrikethroughOutlined = silent(PlainStrikethroughOutlined);
export const UnderlineOutlined = silent(PlainUnderlineOutlined);
export const UnorderedListOutlined = silent(PlainUnorderedListOutlined);
export const DesktopOutlined = silent(PlainDesktopOutlined);
export const DownloadOutlined = silent(PlainDownloadOutlined);
export const EditOutlined = silent(PlainEditOutlined);
export const ExclamationCircleFilled = silent(PlainExclamationCircleFilled);
export const ExclamationCircleOutlined = silent(PlainExclamationCircleOutlined);
export const FileDoneOutlined = silent(PlainFileDoneOutlined);
export const FileTextOutlined = silent(PlainFileTextOutlined);
export const FilterOutlined = silent(PlainFilterOutlined);
export const FlagOutlined = silent(PlainFlagOutlined);
export const FormOutlined = silent(PlainFormOutlined);
export const FunctionOutlined = silent(PlainFunctionOutlined);
export const HomeOutlined = silent(PlainHomeOutlined);
export const KeyOutlined = silent(PlainKeyOutlined);
export const LeftOutlined = silent(PlainLeftOutlined);
export const LoginOutlined = silent(PlainLoginOutlined);
export const LogoutOutlined = silent(PlainLogoutOutlined);
export const MenuOutlined = silent(PlainMenuOutlined);
export const MinusCircleOutlined = silent(PlainMinusCircleOutlined);
export const MoonOutlined = silent(PlainMoonOutlined);
export const NotificationOutlined = silent(PlainNotificationOutlined);
export const PaperClipOutlined = silent(PlainPaperClipOutlined);
export const PlusOutlined = silent(PlainPlusOutlined);
export const PlusSquareOutlined = silent(PlainPlusSquareOutlined);
export const QuestionCircleOutlined = silent(PlainQuestionCircleOutlined);
export const ReloadOutlined = silent(PlainReloadOutlined);
export const RightOutlined = silent(PlainRightOutlined);
export const RocketOutlined = silent(PlainRocketOutlined);
export const RollbackOutlined = silent(PlainRollbackOutlined);
export const SaveOutlined = silent(PlainSaveOutlined);
export const SearchOutlined = silent(PlainSearchOutlined);
export const SendOutlined = silent(PlainSendOutlined);
export const SettingOutlined = silent(PlainSettingOutlined);
export const ShareAltOutlined = silent(PlainShareAltOutlined);
export const SignatureOutlined = silent(PlainSignatureOutlined);
export const SolutionOutlined = silent(PlainSolutionOutlined);
export const StepForwardOutlined = silent(PlainStepForwardOutlined);
export const StopOutlined = silent(PlainStopOutlined);
export const SunOutlined = silent(PlainSunOutlined);
export const SwapOutlined = silent(PlainSwapOutlined);
export const SyncOutlined = silent(PlainSyncOutlined);
export const TableOutlined = silent(PlainTableOutlined);
export const TeamOutlined = silent(PlainTeamOutlined);
export const ThunderboltOutlined = silent(PlainThunderboltOutlined);
export const TranslationOutlined = silent(PlainTranslationOutlined);
export const UploadOutlined = silent(PlainUploadOutlined);
export const WalletOutlined = silent(PlainWalletOutlined);
export const WarningOutlined = silent(PlainWarningOutlined);
